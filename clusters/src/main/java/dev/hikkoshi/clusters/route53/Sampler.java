package dev.hikkoshi.clusters.route53;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells which side each answer points at. Answers hold addresses, not names, and a load balancer
 * may have more addresses than one answer shows: addresses that came in one answer belong together,
 * so that one known address tells of all.
 */
final class Sampler {

  private final Map<String, String> clusterByTarget = new HashMap<>();

  /** A target (address or load balancer name) is that cluster's. Answers a clash with another. */
  Optional<String> know(String target, String cluster) {
    String before = clusterByTarget.putIfAbsent(target, cluster);
    return before == null || before.equals(cluster)
        ? Optional.empty()
        : Optional.of("%s belongs to %s and to %s".formatted(target, before, cluster));
  }

  /** Answers counted by cluster; those that point elsewhere, or at nothing, under {@code ""}. */
  Map<String, Long> count(List<Answer> answers) {
    spread(new HashSet<>(answers));
    Map<String, Long> counts = new TreeMap<>();
    clusterByTarget.values().forEach(cluster -> counts.put(cluster, 0L));
    answers.forEach(answer -> counts.merge(cluster(answer).orElse(""), 1L, Long::sum));
    return counts;
  }

  private void spread(Set<Answer> distinct) {
    boolean more = true;
    while (more) {
      more = false;
      for (Answer answer : distinct) {
        Optional<String> cluster = cluster(answer);
        if (cluster.isPresent()) {
          for (String target : answer.targets()) {
            more |= clusterByTarget.putIfAbsent(target, cluster.get()) == null;
          }
        }
      }
    }
  }

  private Optional<String> cluster(Answer answer) {
    return answer.targets().stream()
        .filter(clusterByTarget::containsKey)
        .map(clusterByTarget::get)
        .findFirst();
  }
}

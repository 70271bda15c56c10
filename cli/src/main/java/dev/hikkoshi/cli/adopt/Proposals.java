package dev.hikkoshi.cli.adopt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes for everything that leads to a cluster today: DNS names first, then listener rules. */
public final class Proposals {

  private static final int LONGEST_NAME = 32;
  private static final int WHOLE = 100;

  private Proposals() {}

  /** All of them; names of routes are unique. */
  public static List<Proposal> of(Survey survey) {
    List<Proposal> all = new ArrayList<>(new NamesThatLead(survey).proposals());
    all.addAll(new RulesThatLead(survey).proposals());
    Set<String> taken = new HashSet<>();
    return all.stream().map(proposal -> named(proposal, taken)).toList();
  }

  private static Proposal named(Proposal proposal, Set<String> taken) {
    return proposal
        .route()
        .map(
            route -> {
              String stem = String.valueOf(route.get("name"));
              String name = stem;
              for (int n = 2; !taken.add(name); n++) {
                name = cut(stem, LONGEST_NAME - 4) + "-" + n;
              }
              Map<String, Object> renamed = new LinkedHashMap<>(route);
              renamed.put("name", name);
              return new Proposal(
                  proposal.subject(),
                  Optional.of(renamed),
                  proposal.manages(),
                  proposal.notes(),
                  proposal.inTheWay());
            })
        .orElse(proposal);
  }

  /** A route's name out of a DNS name: its first label, as far as it may be one. */
  static String name(String dnsName) {
    String label = dnsName.startsWith("*.") ? "any-" + dnsName.substring(2) : dnsName;
    String first = label.contains(".") ? label.substring(0, label.indexOf('.')) : label;
    String plain =
        first.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "route" : cut(plain, LONGEST_NAME);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length).replaceAll("-+$", "");
  }

  /**
   * Why a take-over would change shares: the weights of a move's sides sum to 100, so beside others
   * with weight the cluster's must be 100 already.
   */
  static Optional<String> unequal(int weight, int others) {
    return others == 0 || weight == WHOLE
        ? Optional.empty()
        : Optional.of(
            "its weight is %d beside %d of others; a move's sides sum to %d: multiply all weights so that it is %d, and shares stay"
                .formatted(weight, others, WHOLE, WHOLE));
  }

  /** A map that keeps its order. */
  static Map<String, Object> map(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}

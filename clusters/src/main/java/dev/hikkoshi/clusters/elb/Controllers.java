package dev.hikkoshi.clusters.elb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Controllers in clusters that say in tags what they own. The AWS Load Balancer Controller tags
 * each load balancer, listener and rule that it makes with its cluster and the object (or group of
 * objects) it makes it for; with such a tag on the load balancer alone it still removes rules that
 * it does not know. Keys are from its sources, {@code pkg/deploy/tracking} and the v1 controller.
 */
final class Controllers {

  private static final List<String> KEYS =
      List.of(
          "elbv2.k8s.aws/cluster",
          "ingress.k8s.aws/cluster",
          "ingress.k8s.aws/stack",
          "service.k8s.aws/stack",
          "gateway.k8s.aws.alb/stack",
          "kubernetes.io/ingress-name");

  private Controllers() {}

  /** What may carry such tags around a route's rule. */
  static List<String> tagged(Place place) {
    List<String> arns = new ArrayList<>();
    arns.add(place.balancer().loadBalancerArn());
    arns.add(place.listener().listenerArn());
    place.rule().ifPresent(rule -> arns.add(rule.ruleArn()));
    return arns;
  }

  /** The tags that name an owner, the load balancer's first; empty where there are none. */
  static Optional<String> of(List<String> arns, Map<String, Map<String, String>> tags) {
    return arns.stream().flatMap(arn -> owner(tags.getOrDefault(arn, Map.of()))).findFirst();
  }

  private static Stream<String> owner(Map<String, String> tags) {
    String says =
        new TreeMap<>(tags)
            .entrySet().stream()
                .filter(tag -> KEYS.contains(tag.getKey()))
                .map(tag -> tag.getKey() + ": " + tag.getValue())
                .collect(Collectors.joining(", "));
    return says.isEmpty() ? Stream.empty() : Stream.of(says);
  }
}

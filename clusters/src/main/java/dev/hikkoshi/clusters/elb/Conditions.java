package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.port.BalancerGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Which listener rule is a route's: the one with exactly its hosts and paths and nothing else. */
final class Conditions {

  private static final String HOST = "host-header";
  private static final String PATH = "path-pattern";

  private Conditions() {}

  /** Conditions that are hosts and paths alone, in the rule's order. */
  record Plain(List<String> hosts, List<String> paths) {}

  /** Order does not matter; a further condition, or a regular expression, makes another rule. */
  static boolean match(Rule rule, BalancerGateway.Rule wanted) {
    return plain(rule)
        .filter(p -> lower(p.hosts()).equals(lower(wanted.hosts())))
        .filter(p -> Set.copyOf(p.paths()).equals(Set.copyOf(wanted.paths())))
        .isPresent();
  }

  /** Hosts and paths of a rule; empty when it has any other condition. */
  static Optional<Plain> plain(Rule rule) {
    List<String> hosts = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (RuleCondition condition : rule.conditions()) {
      if (condition.hasRegexValues() && !condition.regexValues().isEmpty()) {
        return Optional.empty();
      }
      switch (condition.field()) {
        case HOST -> {
          var config = condition.hostHeaderConfig();
          if (config != null && !config.regexValues().isEmpty()) {
            return Optional.empty();
          }
          hosts.addAll(config == null ? condition.values() : config.values());
        }
        case PATH -> {
          var config = condition.pathPatternConfig();
          if (config != null && !config.regexValues().isEmpty()) {
            return Optional.empty();
          }
          paths.addAll(config == null ? condition.values() : config.values());
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Plain(List.copyOf(hosts), List.copyOf(paths)));
  }

  private static Set<String> lower(List<String> hosts) {
    return hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** The conditions of a rule that is created. */
  static List<RuleCondition> of(BalancerGateway.Rule wanted) {
    List<RuleCondition> all = new ArrayList<>();
    if (!wanted.hosts().isEmpty()) {
      all.add(
          RuleCondition.builder()
              .field(HOST)
              .hostHeaderConfig(c -> c.values(wanted.hosts()))
              .build());
    }
    if (!wanted.paths().isEmpty()) {
      all.add(
          RuleCondition.builder()
              .field(PATH)
              .pathPatternConfig(c -> c.values(wanted.paths()))
              .build());
    }
    return all;
  }
}

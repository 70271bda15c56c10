package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.port.BalancerGateway;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Which listener rule is a route's: the one with exactly its hosts and paths and nothing else. */
final class Conditions {

  private static final String HOST = "host-header";
  private static final String PATH = "path-pattern";

  private Conditions() {}

  /** Order does not matter; a further condition, or a regular expression, makes another rule. */
  static boolean match(Rule rule, BalancerGateway.Rule wanted) {
    Set<String> hosts = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (RuleCondition condition : rule.conditions()) {
      if (condition.hasRegexValues() && !condition.regexValues().isEmpty()) {
        return false;
      }
      switch (condition.field()) {
        case HOST -> {
          var config = condition.hostHeaderConfig();
          if (config != null && !config.regexValues().isEmpty()) {
            return false;
          }
          hosts.addAll(lower(config == null ? condition.values() : config.values()));
        }
        case PATH -> {
          var config = condition.pathPatternConfig();
          if (config != null && !config.regexValues().isEmpty()) {
            return false;
          }
          paths.addAll(config == null ? condition.values() : config.values());
        }
        default -> {
          return false;
        }
      }
    }
    return hosts.equals(lower(wanted.hosts())) && paths.equals(Set.copyOf(wanted.paths()));
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

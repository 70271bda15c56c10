package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.BalancerGateway;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * Where a route's rule is, or would be.
 *
 * @param rules all of the listener, the default rule too
 * @param rule the route's own; where two have its conditions, the one that is evaluated first
 */
record Place(LoadBalancer balancer, Listener listener, List<Rule> rules, Optional<Rule> rule) {

  private static final int LAST_PRIORITY = 50_000;

  Place {
    rules = List.copyOf(rules);
  }

  /** Looks it up; an unknown says which part is missing. */
  static Observation<Place> of(Listing listing, BalancerGateway.Rule wanted) {
    String what = "rule of route " + wanted.route();
    if (wanted.hosts().isEmpty() && wanted.paths().isEmpty()) {
      return Observation.unknown(what, "a rule needs hosts or paths; default rules are left alone");
    }
    Optional<LoadBalancer> balancer = listing.balancerNamed(wanted.loadBalancer());
    if (balancer.isEmpty()) {
      return Observation.unknown(what, "there is no load balancer " + wanted.loadBalancer());
    }
    Optional<Listener> listener =
        listing.listeners(balancer.get().loadBalancerArn()).stream()
            .filter(l -> l.port() != null && l.port() == wanted.port())
            .findFirst();
    if (listener.isEmpty()) {
      return Observation.unknown(
          what,
          "load balancer %s has no listener on port %d"
              .formatted(wanted.loadBalancer(), wanted.port()));
    }
    List<Rule> rules = listing.rules(listener.get().listenerArn());
    return Observation.known(
        new Place(balancer.get(), listener.get(), rules, match(rules, wanted)));
  }

  /** The rule of the route among the rules of its listener. */
  static Optional<Rule> match(List<Rule> rules, BalancerGateway.Rule wanted) {
    return rules.stream()
        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()) && Conditions.match(rule, wanted))
        .min(Comparator.comparingInt(Place::priority));
  }

  private static int priority(Rule rule) {
    return Integer.parseInt(rule.priority());
  }

  /** After all others, so that a new rule takes nothing away from them; else the last gap. */
  static Optional<Integer> freePriority(List<Rule> rules) {
    List<Integer> taken =
        rules.stream()
            .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
            .map(Place::priority)
            .sorted()
            .toList();
    for (int free = taken.isEmpty() ? 1 : taken.getLast() + 1; free >= 1; free--) {
      if (free <= LAST_PRIORITY && !taken.contains(free)) {
        return Optional.of(free);
      }
    }
    return Optional.empty();
  }
}

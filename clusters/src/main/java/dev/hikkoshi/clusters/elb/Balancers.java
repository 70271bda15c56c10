package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Load balancers by DNS name, and what their listeners name. */
final class Balancers {

  private static final String DUALSTACK = "dualstack.";

  /** ELBv2 cannot be asked for a DNS name; a name never means another load balancer later. */
  private final Map<String, String> arnByName = new ConcurrentHashMap<>();

  Optional<BalancerSeen> find(Listing listing, String dnsName) {
    String name = plain(dnsName);
    return Optional.ofNullable(arnByName.get(name))
        .flatMap(listing::balancer)
        .or(() -> listed(listing, name))
        .map(balancer -> seen(listing, balancer));
  }

  private Optional<LoadBalancer> listed(Listing listing, String name) {
    arnByName.remove(name);
    Optional<LoadBalancer> found =
        listing.balancers().stream()
            .filter(b -> b.dnsName() != null && plain(b.dnsName()).equals(name))
            .findFirst();
    found.ifPresent(balancer -> arnByName.put(name, balancer.loadBalancerArn()));
    return found;
  }

  static String plain(String dnsName) {
    String lower = dnsName.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return bare.startsWith(DUALSTACK) ? bare.substring(DUALSTACK.length()) : bare;
  }

  private static BalancerSeen seen(Listing listing, LoadBalancer balancer) {
    String arn = balancer.loadBalancerArn();
    GroupHealth targets = Health.NONE;
    for (TargetGroup group : listing.groupsOf(arn)) {
      targets = Health.sum(targets, listing.health(group.targetGroupArn()));
    }
    boolean active =
        balancer.state() != null
            && (balancer.state().code() == LoadBalancerStateEnum.ACTIVE
                || balancer.state().code() == LoadBalancerStateEnum.ACTIVE_IMPAIRED);
    return new BalancerSeen(
        arn,
        plain(balancer.dnsName()),
        balancer.canonicalHostedZoneId(),
        active,
        listing.tags(List.of(arn)).getOrDefault(arn, Map.of()),
        targets);
  }

  /** Every action that names one of the groups, every group that forwards to one of the names. */
  static List<Reference> references(
      Listing listing, Set<String> groupArns, Set<String> balancerNames) {
    List<Reference> found = new ArrayList<>(fronts(listing, balancerNames));
    for (LoadBalancer balancer : listing.balancers()) {
      for (Listener listener : listing.listeners(balancer.loadBalancerArn())) {
        found.addAll(named(listener.listenerArn(), listener.defaultActions(), groupArns));
        for (Rule rule : listing.rules(listener.listenerArn())) {
          if (!Boolean.TRUE.equals(rule.isDefault())) {
            found.addAll(named(rule.ruleArn(), rule.actions(), groupArns));
          }
        }
      }
    }
    return found;
  }

  /** A network load balancer reaches an application load balancer through such a group. */
  private static List<Reference> fronts(Listing listing, Set<String> balancerNames) {
    List<TargetGroup> groups =
        listing.groups().stream().filter(g -> g.targetType() == TargetTypeEnum.ALB).toList();
    if (groups.isEmpty() || balancerNames.isEmpty()) {
      return List.of();
    }
    Map<String, String> nameByArn = new HashMap<>();
    listing.balancers().stream()
        .filter(b -> b.dnsName() != null && balancerNames.contains(plain(b.dnsName())))
        .forEach(b -> nameByArn.put(b.loadBalancerArn(), plain(b.dnsName())));
    return groups.stream()
        .flatMap(
            group ->
                listing.targets(group.targetGroupArn()).stream()
                    .filter(nameByArn::containsKey)
                    .map(
                        arn ->
                            new Reference(
                                group.targetGroupArn(), nameByArn.getOrDefault(arn, ""), -1)))
        .toList();
  }

  private static List<Reference> named(String where, List<Action> actions, Set<String> groupArns) {
    return actions.stream()
        .flatMap(action -> Actions.groups(action).stream())
        .filter(group -> groupArns.contains(group.groupArn()))
        .map(group -> new Reference(where, group.groupArn(), group.weight()))
        .toList();
  }
}

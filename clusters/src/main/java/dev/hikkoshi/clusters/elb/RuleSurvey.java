package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * All load balancers of an account and region with their rules and target groups, for a person who
 * wants to know what leads where. It reads with elasticloadbalancing:Describe… alone.
 */
public final class RuleSurvey {

  private final AwsClients aws;

  /** Asks nothing yet. */
  public RuleSurvey(AwsClients aws) {
    this.aws = aws;
  }

  /**
   * What one account has.
   *
   * @param role it was read with; empty for our own credentials
   * @param groups by ARN
   */
  public record Seen(
      Optional<String> role,
      List<Balancer> balancers,
      List<ListenerRule> rules,
      Map<String, Group> groups) {

    public Seen {
      balancers = List.copyOf(balancers);
      rules = List.copyOf(rules);
      groups = Map.copyOf(groups);
    }
  }

  /** A load balancer; {@code dnsName} lower-case, without a dot at its end. */
  public record Balancer(String arn, String name, String dnsName, Map<String, String> tags) {

    public Balancer {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * A rule that forwards.
   *
   * @param port of its listener
   * @param byDefault the listener's own rule, which has no conditions
   * @param plain whether hosts and paths are all of its conditions
   */
  public record ListenerRule(
      String arn,
      String balancerArn,
      int port,
      boolean byDefault,
      List<String> hosts,
      List<String> paths,
      boolean plain,
      List<GroupWeight> groups,
      Map<String, String> tags) {

    public ListenerRule {
      hosts = List.copyOf(hosts);
      paths = List.copyOf(paths);
      groups = List.copyOf(groups);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * A target group.
   *
   * @param probe how it is probed; empty where it is not with HTTP
   */
  public record Group(String arn, String name, Map<String, String> tags, Optional<Probe> probe) {

    public Group {
      tags = Map.copyOf(tags);
    }
  }

  /** A target group's health check, in seconds and counts. */
  public record Probe(String path, int interval, int healthy, int unhealthy, String codes) {}

  /** Looks at everything. */
  public Observation<Seen> all(Optional<String> role) {
    Listing listing = new Listing(aws.elb(role));
    return AwsFailures.look(
        "load balancers of " + role.orElse("our own account"),
        () -> {
          List<LoadBalancer> balancers = listing.balancers();
          List<TargetGroup> groups = listing.groups();
          List<Found> rules = new ArrayList<>();
          balancers.forEach(balancer -> rules.addAll(rules(listing, balancer)));
          List<String> arns =
              Stream.of(
                      balancers.stream().map(LoadBalancer::loadBalancerArn),
                      groups.stream().map(TargetGroup::targetGroupArn),
                      rules.stream().map(found -> found.rule().ruleArn()))
                  .flatMap(all -> all)
                  .toList();
          Map<String, Map<String, String>> tags = listing.tags(arns);
          Map<String, Group> byArn = new HashMap<>();
          groups.forEach(group -> byArn.put(group.targetGroupArn(), group(group, tags)));
          return Observation.known(
              new Seen(
                  role,
                  balancers.stream()
                      .filter(b -> b.dnsName() != null)
                      .map(b -> balancer(b, tags))
                      .toList(),
                  rules.stream().map(found -> rule(found, tags)).toList(),
                  byArn));
        });
  }

  private record Found(LoadBalancer balancer, Listener listener, Rule rule) {}

  private static List<Found> rules(Listing listing, LoadBalancer balancer) {
    List<Found> all = new ArrayList<>();
    for (Listener listener : listing.listeners(balancer.loadBalancerArn())) {
      for (Rule rule : listing.rules(listener.listenerArn())) {
        if (Actions.forward(rule).isPresent() && listener.port() != null) {
          all.add(new Found(balancer, listener, rule));
        }
      }
    }
    return all;
  }

  private static Balancer balancer(LoadBalancer balancer, Map<String, Map<String, String>> tags) {
    String arn = balancer.loadBalancerArn();
    return new Balancer(
        arn,
        balancer.loadBalancerName(),
        Balancers.plain(balancer.dnsName()),
        tags.getOrDefault(arn, Map.of()));
  }

  private static ListenerRule rule(Found found, Map<String, Map<String, String>> tags) {
    Rule rule = found.rule();
    Action forward = Actions.forward(rule).orElseThrow();
    Optional<Conditions.Plain> plain = Conditions.plain(rule);
    return new ListenerRule(
        rule.ruleArn(),
        found.balancer().loadBalancerArn(),
        found.listener().port(),
        Boolean.TRUE.equals(rule.isDefault()),
        plain.map(Conditions.Plain::hosts).orElse(List.of()),
        plain.map(Conditions.Plain::paths).orElse(List.of()),
        plain.isPresent(),
        Actions.groups(forward),
        tags.getOrDefault(rule.ruleArn(), Map.of()));
  }

  private static Group group(TargetGroup group, Map<String, Map<String, String>> tags) {
    String arn = group.targetGroupArn();
    boolean http = group.healthCheckPath() != null && group.healthCheckIntervalSeconds() != null;
    String codes =
        group.matcher() == null || group.matcher().httpCode() == null
            ? "200"
            : group.matcher().httpCode();
    return new Group(
        arn,
        group.targetGroupName(),
        tags.getOrDefault(arn, Map.of()),
        http
            ? Optional.of(
                new Probe(
                    group.healthCheckPath(),
                    group.healthCheckIntervalSeconds(),
                    group.healthyThresholdCount(),
                    group.unhealthyThresholdCount(),
                    codes))
            : Optional.empty());
  }
}

package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.clusters.aws.OneLook;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/**
 * ELBv2 and CloudWatch through the SDK. Thread-safe.
 *
 * <p>A route's rule is the one with exactly its hosts and paths; it is created behind all others if
 * there is none. Rules that answer by themselves or redirect are never turned into forwarding ones.
 */
public final class ElbBalancers implements BalancerGateway {

  private final AwsClients aws;
  private final Duration metricPeriod;
  private final InstantSource clock;
  private final Balancers balancers;
  private final Optional<OneLook> look;

  /**
   * Nothing is called yet.
   *
   * @param metricPeriod how often load balancers report, whole seconds; 60 s at AWS
   */
  public ElbBalancers(AwsClients aws, Duration metricPeriod, InstantSource clock) {
    if (!metricPeriod.isPositive() || metricPeriod.toMillis() % 1000 != 0) {
      throw new IllegalArgumentException("a metric period is whole seconds, not " + metricPeriod);
    }
    this(aws, metricPeriod, clock, new Balancers(), Optional.empty());
  }

  private ElbBalancers(
      AwsClients aws,
      Duration metricPeriod,
      InstantSource clock,
      Balancers balancers,
      Optional<OneLook> look) {
    this.aws = aws;
    this.metricPeriod = metricPeriod;
    this.clock = clock;
    this.balancers = balancers;
    this.look = look;
  }

  @Override
  public BalancerGateway forOneLook() {
    return new ElbBalancers(aws, metricPeriod, clock, balancers, Optional.of(new OneLook()));
  }

  private Listing listing(Optional<String> role) {
    return new Listing(aws.elb(role), look.orElseGet(OneLook::new));
  }

  @Override
  public Observation<AlbRouteSeen> route(Rule rule) {
    Listing listing = listing(rule.role());
    return AwsFailures.look(
        "rule of route " + rule.route(),
        () -> Place.of(listing, rule).flatMap(place -> seen(listing, rule, place)));
  }

  private Observation<AlbRouteSeen> seen(Listing listing, Rule rule, Place place) {
    Optional<Action> forward = place.rule().flatMap(Actions::forward);
    if (place.rule().isPresent() && forward.isEmpty()) {
      return Observation.unknown(
          "rule of route " + rule.route(),
          place.rule().get().ruleArn() + " does not forward; it is left alone");
    }
    List<GroupWeight> groups = forward.map(Actions::groups).orElse(List.of());
    Set<String> candidates =
        TargetGroups.candidates(listing, rule, groups.stream().map(GroupWeight::groupArn).toList());
    List<String> owned = Controllers.tagged(place);
    Map<String, Map<String, String>> tags =
        listing.tags(Stream.concat(owned.stream(), candidates.stream()).toList());
    return TargetGroups.ours(rule, candidates, tags)
        .map(
            ours ->
                new AlbRouteSeen(
                    place.balancer().loadBalancerArn(),
                    place.listener().listenerArn(),
                    place.rule().map(found -> found.ruleArn()),
                    groups,
                    health(listing, groups, ours),
                    ours,
                    forward.map(Actions::stickiness).orElse(Duration.ZERO),
                    place.rule().map(Actions::fingerprint).orElse(""),
                    place.rule().map(Actions::plain).orElse(List.of()),
                    Controllers.of(owned, tags)));
  }

  /** A group whose health cannot be read is not in the map: nothing is known of it. */
  private static Map<String, GroupHealth> health(
      Listing listing, List<GroupWeight> groups, Map<String, String> ours) {
    Set<String> arns = new LinkedHashSet<>(ours.values());
    groups.forEach(group -> arns.add(group.groupArn()));
    Map<String, GroupHealth> health = new HashMap<>();
    for (String arn : arns) {
      try {
        health.put(arn, listing.health(arn));
      } catch (SdkException _) {
        continue;
      }
    }
    return health;
  }

  @Override
  public Observation<Optional<BalancerSeen>> balancer(String dnsName) {
    return AwsFailures.look(
        "load balancer " + dnsName,
        () -> Observation.known(balancers.find(listing(Optional.empty()), dnsName)));
  }

  @Override
  public Outcome createGroup(Rule rule, AlbRouteSeen seen, String cluster, int port, Probe probe) {
    return new TargetGroups(aws, rule).create(seen.loadBalancerArn(), cluster, port, probe);
  }

  @Override
  public Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights) {
    return new RuleWriter(aws, rule, clock).write(seen, weights);
  }

  @Override
  public Outcome deleteGroup(Rule rule, String groupArn) {
    return new TargetGroups(aws, rule).delete(groupArn);
  }

  @Override
  public Outcome untagGroup(Rule rule, String groupArn) {
    return new TargetGroups(aws, rule).untag(groupArn);
  }

  @Override
  public Observation<Measured> groupRequests(
      Rule rule, Map<String, String> clusterByGroup, Instant from, Instant to) {
    String what = "requests of route " + rule.route();
    return AwsFailures.look(
        what,
        () ->
            Place.of(listing(rule.role()), rule)
                .flatMap(
                    place ->
                        counts(rule.role()).count(what, counted(place, clusterByGroup), from, to)));
  }

  /** Groups of the clusters, and under no name those that the rule has besides. */
  private static List<RequestCounts.Counted> counted(
      Place place, Map<String, String> clusterByGroup) {
    Map<String, String> all = new TreeMap<>();
    place
        .rule()
        .flatMap(Actions::forward)
        .ifPresent(a -> Actions.groups(a).forEach(group -> all.put(group.groupArn(), "")));
    all.putAll(clusterByGroup);
    List<RequestCounts.Counted> counted = new ArrayList<>();
    String balancer = place.balancer().loadBalancerArn();
    all.forEach(
        (group, cluster) ->
            counted.add(new RequestCounts.Counted(cluster, balancer, Optional.of(group))));
    return counted;
  }

  private RequestCounts counts(Optional<String> role) {
    return new RequestCounts(aws.cloudwatch(role), metricPeriod, clock.instant());
  }

  @Override
  public Observation<Measured> balancerRequests(
      Map<String, String> clusterByBalancerArn, Instant from, Instant to) {
    List<RequestCounts.Counted> counted =
        new TreeMap<>(clusterByBalancerArn)
            .entrySet().stream()
                .map(e -> new RequestCounts.Counted(e.getValue(), e.getKey(), Optional.empty()))
                .toList();
    return counts(Optional.empty()).count("requests of load balancers", counted, from, to);
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> groupArns, Set<String> balancerNames) {
    return AwsFailures.look(
        "listener actions",
        () -> {
          Set<Reference> found = new LinkedHashSet<>();
          roles.forEach(
              role -> found.addAll(Balancers.references(listing(role), groupArns, balancerNames)));
          return Observation.known(List.copyOf(found));
        });
  }
}

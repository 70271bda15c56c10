package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ELB: groups are probed once a rule names them; the rule is compared right before a write. */
class SimBalancers implements BalancerGateway {

  /** How our adapter refuses a target group's name that somebody else's has. */
  static final String TAKEN = "NotOurs";

  private static final int MOST_WEIGHT = 999;
  private static final double PER_SECOND = 60;

  final World world;
  final Faults faults;
  final Watch invariants;

  SimBalancers(World world, Faults faults, Watch invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
  }

  @Override
  public Observation<AlbRouteSeen> route(Rule rule) {
    return faults.read(
        Service.BALANCERS,
        "rule of " + rule.route(),
        () -> {
          boolean stale = !world.alb.before.isEmpty() && faults.stale(world.alb.writtenAt);
          world.alb.stale = stale;
          return seen(stale ? world.alb.before : world.alb.rule);
        });
  }

  private AlbRouteSeen seen(List<GroupWeight> rule) {
    Map<String, GroupHealth> health = new HashMap<>();
    Map<String, String> ours = new HashMap<>();
    for (TargetGroup g : world.alb.groups.values()) {
      health.put(g.arn, health(g));
      if (g.ours) {
        ours.put(g.cluster, g.arn);
      }
    }
    if (rule.stream().anyMatch(g -> g.groupArn().equals(Wishes.OUTSIDE))) {
      health.put(Wishes.OUTSIDE, new GroupHealth(Cluster.PODS, 0, 0, 0, 0));
    }
    return new AlbRouteSeen(
        "arn:lb",
        "arn:listener",
        world.alb.exists ? Optional.of("arn:rule") : Optional.empty(),
        rule,
        health,
        ours,
        Duration.ZERO,
        "f",
        world.alb.exists ? List.of(forward(rule)) : List.of(),
        Optional.ofNullable(world.alb.controller));
  }

  private static Map<String, Object> forward(List<GroupWeight> rule) {
    List<Map<String, Object>> groups =
        rule.stream()
            .map(g -> Map.<String, Object>of("TargetGroupArn", g.groupArn(), "Weight", g.weight()))
            .toList();
    return Map.of("Type", "forward", "Order", 1, "ForwardConfig", Map.of("TargetGroups", groups));
  }

  /** What is on a rule cannot have been deleted, whoever made it. */
  private boolean exists(String group) {
    return group.equals(Wishes.OUTSIDE)
        || world.alb.groups.containsKey(group)
        || world.alb.rule.stream().map(GroupWeight::groupArn).anyMatch(group::equals);
  }

  private GroupHealth health(TargetGroup g) {
    Cluster c = world.clusters.get(g.cluster);
    boolean bound = c != null && c.binding.filter(g.arn::equals).isPresent();
    int pods = c != null && bound ? c.readyPods() : 0;
    int down = bound ? Cluster.PODS - pods : 0;
    if (g.probedSince.isEmpty()) {
      return new GroupHealth(0, 0, 0, 0, pods);
    }
    return world.time.past(g.probedSince.get().plus(TargetGroup.PROBES))
        ? new GroupHealth(pods, down, 0, 0, 0)
        : new GroupHealth(0, 0, pods, 0, 0);
  }

  @Override
  public Observation<Optional<BalancerSeen>> balancer(String dnsName) {
    return faults.read(
        Service.BALANCERS,
        dnsName,
        () ->
            world.clusters.values().stream()
                .filter(c -> c.balancer.equals(dnsName) && c.balancerActive())
                .findFirst()
                .map(
                    c -> {
                      int pods = c.readyPods();
                      GroupHealth h = new GroupHealth(pods, Cluster.PODS - pods, 0, 0, 0);
                      return new BalancerSeen(
                          "arn:lb:" + c.name, dnsName, "ZELB", true, Map.of(), h);
                    }));
  }

  @Override
  public Outcome createGroup(Rule rule, AlbRouteSeen seen, String cluster, int port, Probe probe) {
    invariants.intended("CreateGroup");
    return faults.write(
        () -> {
          if (world.namesakes.group(cluster)) {
            return new Outcome.Refused(TAKEN, "its target group's name exists without our tags");
          }
          String arn = "arn:tg:" + cluster;
          world.alb.groups.putIfAbsent(arn, new TargetGroup(arn, cluster, true));
          return Outcome.done("r", "groupArn", arn);
        });
  }

  @Override
  public Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights) {
    invariants.intended("weights api");
    return faults.write(
        () -> {
          if (!world.alb.rule.equals(seen.groups())) {
            return new Outcome.Changed("the rule is not as seen: " + world.alb.rule);
          }
          if (weights.stream().allMatch(w -> w.weight() == 0)
              || weights.stream().anyMatch(w -> w.weight() < 0 || w.weight() > MOST_WEIGHT)) {
            return new Outcome.Refused("ValidationError", weights.toString());
          }
          if (weights.size() > 5 || !weights.stream().allMatch(w -> exists(w.groupArn()))) {
            return new Outcome.Refused("TargetGroupNotFound", weights.toString());
          }
          Sides before = world.alb.sides();
          boolean foreign = world.alb.foreign;
          world.alb.write(weights, false);
          invariants.weightsWritten(false, before, world.alb.sides(), foreign);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome deleteGroup(Rule rule, String groupArn) {
    invariants.intended("DeleteGroup");
    return faults.write(
        () -> {
          if (world.alb.rule.stream().anyMatch(w -> w.groupArn().equals(groupArn))) {
            return new Outcome.Refused("ResourceInUse", groupArn);
          }
          TargetGroup group = world.alb.groups.get(groupArn);
          if (group != null) {
            Cluster c = world.clusters.get(group.cluster);
            if (c != null) {
              invariants.destroying(c, "target group");
            }
            world.alb.groups.remove(groupArn);
          }
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome untagGroup(Rule rule, String groupArn) {
    invariants.intended("UntagGroup");
    return faults.write(
        () -> {
          TargetGroup group = world.alb.groups.get(groupArn);
          if (group != null) {
            group.ours = false;
          }
          return Outcome.done("r");
        });
  }

  @Override
  public Observation<Measured> groupRequests(
      Rule rule, Map<String, String> clusterByGroup, Instant from, Instant to) {
    return faults
        .read(
            Service.BALANCERS,
            "requests",
            () -> {
              world.alb.sampled = to;
              return counted(world.alb.history, clusterByGroup, whole(from, to), Duration.ZERO);
            })
        .flatMap(SimBalancers::reported);
  }

  @Override
  public Observation<Measured> balancerRequests(
      Map<String, String> clusterByBalancerArn, Instant from, Instant to) {
    return faults
        .read(
            Service.BALANCERS,
            "requests",
            () -> counted(world.dns.history, clusterByBalancerArn, whole(from, to), DnsRoute.TTL))
        .flatMap(SimBalancers::reported);
  }

  /** CloudWatch has whole periods, each of them a period after its end. */
  private Span whole(Instant from, Instant to) {
    long period = Wishes.METRIC_PERIOD.toMillis();
    long first = Math.ceilDiv(from.toEpochMilli(), period) * period;
    long complete = Math.floorDiv(world.time.instant().toEpochMilli(), period) * period - period;
    long last = Math.min(Math.floorDiv(to.toEpochMilli(), period) * period, complete);
    return new Span(Instant.ofEpochMilli(first), Instant.ofEpochMilli(Math.max(first, last)));
  }

  private static Observation<Measured> reported(Measured m) {
    return m.from().isBefore(m.to())
        ? Observation.known(m)
        : Observation.unknown("requests", "no whole period is complete yet");
  }

  /** The external side is known to the world by its group only. */
  private static String side(String cluster) {
    return cluster.equals(External.SIDE) ? Wishes.OUTSIDE : cluster;
  }

  /** Resolvers follow a little later than the servers answer. */
  private Measured counted(
      ShareHistory history, Map<String, String> clusterBy, Span span, Duration lag) {
    Instant from = span.from();
    Instant to = span.to();
    Map<String, Long> counts = new HashMap<>();
    List<String> sorted = clusterBy.values().stream().sorted().distinct().toList();
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    long left = Math.round(seconds * PER_SECOND);
    double rest = 1;
    for (String cluster : sorted) {
      double share =
          history.expected(side(cluster), from.minus(lag), to.minus(lag), 1)
              / Math.max(seconds, 1e-9);
      long hits = rest <= 1e-12 ? 0 : world.drawn(left, Math.min(1, share / rest));
      left -= hits;
      rest -= share;
      counts.put(cluster, hits);
    }
    return new Measured(Measured.Unit.REQUESTS, counts, from, to);
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> groupArns, Set<String> balancerNames) {
    invariants.searched();
    return faults.read(
        Service.BALANCERS,
        "all rules",
        () ->
            world.alb.rule.stream()
                .filter(g -> groupArns.contains(g.groupArn()))
                .map(g -> new Reference("arn:rule", g.groupArn(), g.weight()))
                .toList());
  }
}

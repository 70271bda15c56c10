package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** AWS, Kubernetes and users, as far as a move touches them. Time passes only in {@link #pass}. */
final class World {

  final SplittableRandom random;
  final Timeline time;
  final DnsRoute dns;
  final AlbRoute alb;
  final Map<String, Cluster> clusters = new TreeMap<>();

  /** Clusters that somebody else put back on a route, until they are off all of them. */
  final Set<String> putBack = new TreeSet<>();

  /** What clusters carry as their environment's name. */
  String tag = Wishes.ENVIRONMENT;

  /** The last word on the freeze. */
  Optional<Freeze> freeze = Optional.empty();

  /** Nobody can say now whether everything is frozen. */
  boolean freezeUnread;

  /** Steps that a person approved: the move, and the percent. */
  final Set<String> approved = new HashSet<>();

  /** What somebody else has under our names. */
  final Namesakes namesakes = new Namesakes();

  int created;

  /** Every name that a cluster ever had. */
  final Set<String> names = new HashSet<>();

  /** So much two clocks may differ that AWS's answers keep right. */
  Duration precision = Duration.ZERO;

  /** A cluster may fall ill between the look and the write; so old may a look be. */
  Duration look = Duration.ofMinutes(1);

  /** An effect that was asked for long ago is taking place now. */
  boolean late;

  World(SplittableRandom random) {
    this.random = random;
    this.time = new Timeline(random);
    this.dns = new DnsRoute(time, random, clusters.values(), this::forgetPutBack);
    this.alb = new AlbRoute(time, this::forgetPutBack);
  }

  /** Whether nothing may start. */
  boolean frozen() {
    // By the clock of whoever asks it may be over already.
    Instant now = time.instant();
    return freezeUnread
        || freeze.filter(f -> f.holds(now) && f.holds(now.plus(precision))).isPresent();
  }

  /**
   * A cluster that nobody here built serves.
   *
   * @param identifier of its record, with a weight; empty for a simple one
   */
  void before(Optional<String> identifier, boolean onDns, boolean onAlb) {
    Instant then = time.instant().minusSeconds(86_400);
    String arn = "arn:aws:eks:::cluster/" + Wishes.LEGACY;
    Cluster c = new Cluster(time, Wishes.LEGACY, new Identity(arn, then), "1.36", then);
    c.nodes.put("main", new Nodegroup(then));
    c.addons.put("coredns", then);
    c.entries.put(Wishes.OPERATORS, new TreeSet<>(List.of("view")));
    c.balancerAt = Optional.of(then);
    c.closesDay(true);
    for (ReleaseId id : List.of(Wishes.CONTROLLER, Wishes.APP)) {
      c.releases.put(id, new Release(3, Release.THEIRS, then, Optional.empty()));
    }
    TargetGroup group = new TargetGroup("arn:tg:theirs", c.name, false);
    c.binding = Optional.of(group.arn);
    clusters.put(c.name, c);
    alb.groups.put(group.arn, group);
    if (onAlb) {
      alb.write(List.of(new GroupWeight(group.arn, 1)), true);
    }
    if (!onDns) {
      return;
    }
    dns.write(
        List.of(
            new RecordSeen(
                "www.example.com",
                "A",
                identifier,
                identifier.isPresent() ? OptionalInt.of(10) : OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new AliasSeen("ZELB", c.balancer, false)),
                Optional.empty(),
                List.of(),
                Optional.empty())),
        true);
  }

  Route route(boolean byName) {
    return byName ? dns : alb;
  }

  /** A cluster that is there; asking for another is a mistake of the simulator. */
  Cluster cluster(String name) {
    return Objects.requireNonNull(clusters.get(name), name);
  }

  /** Lets time pass; what is due happens in order. */
  void pass(Duration by) {
    time.advance(by);
    clusters.values().removeIf(c -> c.goneAt.filter(time::past).isPresent());
    Sides web = dns.sides();
    Sides api = alb.sides();
    for (Cluster c : clusters.values()) {
      c.passed();
      if (web.weight(c.name) > 0 || api.weight(c.name) > 0) {
        c.lastShare = time.instant();
      }
    }
  }

  /** Whether a request for a route can be answered there at all. */
  boolean canServe(String cluster, boolean byName) {
    Cluster c = clusters.get(cluster);
    if (c == null || !time.past(c.activeAt) || c.goneAt.isPresent() || !c.hasNodes()) {
      return false;
    }
    return byName ? c.balancerActive() : c.binding.filter(alb.groups::containsKey).isPresent();
  }

  /** When so many pods of a cluster were last ready, also of one that somebody deleted since. */
  Instant lastReady(String cluster, int pods) {
    return Optional.ofNullable(clusters.get(cluster))
        .or(() -> namesakes.lost(cluster))
        .orElseThrow()
        .lastReady(pods);
  }

  /** Somebody gave a third side share so lately that one look may not have seen all it had to. */
  boolean putBackWithin(boolean byName, Duration lately) {
    Route route = route(byName);
    return route.sides().receiving().stream().anyMatch(putBack::contains)
        && time.instant().isBefore(route.writtenAt.plus(lately));
  }

  /** Whether nobody else has share to take from: what somebody deleted has none. */
  boolean alone(Sides sides, String cluster) {
    return sides.of().keySet().stream()
        .allMatch(c -> c.equals(cluster) || namesakes.lost(c).isPresent());
  }

  /** A call was on its way already when somebody put the cluster back: nobody could call it off. */
  boolean overtaken(Cluster cluster) {
    return late && putBack.contains(cluster.name);
  }

  private void forgetPutBack() {
    Set<String> there = new TreeSet<>(dns.sides().of().keySet());
    there.addAll(alb.sides().of().keySet());
    putBack.retainAll(there);
  }

  /** How many of n tries hit; normal for large numbers, never beyond the ends. */
  long drawn(long n, double p) {
    if (p <= 0 || n == 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    double gauss = 0;
    for (int i = 0; i < 12; i++) {
      gauss += random.nextDouble();
    }
    double k = n * p + Math.sqrt(n * p * (1 - p)) * (gauss - 6);
    return Math.max(0, Math.min(n, Math.round(k)));
  }
}

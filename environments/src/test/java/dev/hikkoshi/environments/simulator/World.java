package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Sides.Side;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** AWS, Kubernetes and users, as far as a move touches them. Time passes only in {@link #pass}. */
final class World {

  static final Duration TTL = Duration.ofSeconds(60);

  final SplittableRandom random;
  final Timeline time;
  final Map<String, Cluster> clusters = new TreeMap<>();
  final Map<String, TargetGroup> groups = new TreeMap<>();
  final Map<String, Change> changes = new TreeMap<>();
  final List<Shares> dnsHistory = new ArrayList<>();
  final List<Shares> albHistory = new ArrayList<>();
  List<RecordSeen> records = List.of();

  /** Before the last write, and when that was. */
  List<RecordSeen> recordsBefore = List.of();

  Instant recordsAt = Instant.MIN;

  /** By set identifier: each weighted record as it was written last. */
  final Map<String, RecordSeen> written = new TreeMap<>();

  /** Clusters that somebody else put back on a route, until they are off all of them. */
  final Set<String> putBack = new TreeSet<>();

  /** Groups that the rule ever named. */
  final Set<String> named = new TreeSet<>();

  List<GroupWeight> rule = List.of();

  /** Before the last write, and when that was. */
  List<GroupWeight> ruleBefore = List.of();

  Instant ruleAt = Instant.MIN;
  boolean ruleExists;

  /** What external-dns says of the web route's name. */
  List<OwnerMark> marks = List.of();

  /** What a load balancer controller's tags say of the api route's rule. */
  @Nullable String controller;

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

  /** Records as a stranger wrote them. */
  private final Set<RecordSeen> theirs = new HashSet<>();

  boolean dnsForeign;
  boolean albForeign;
  int created;

  /** Every name that a cluster ever had. */
  final Set<String> names = new HashSet<>();

  /** When shares were last measured with an answer. */
  Instant dnsSampled = Instant.MIN;

  Instant albSampled = Instant.MIN;

  /** So much two clocks may differ that AWS's answers keep right. */
  Duration precision = Duration.ZERO;

  /** The records that were shown last are not those there are. */
  boolean dnsStale;

  /** The rule that was shown last is not the one there is. */
  boolean albStale;

  /** A cluster may fall ill between the look and the write; so old may a look be. */
  Duration look = Duration.ofMinutes(1);

  /** An effect that was asked for long ago is taking place now. */
  boolean late;

  private final Duration insyncMost;

  World(SplittableRandom random) {
    this.random = random;
    this.time = new Timeline(random);
    this.insyncMost = Duration.ofSeconds(5 + random.nextInt(40));
  }

  /** Whether nothing may start. */
  boolean frozen() {
    // By the clock of whoever asks it may be over already.
    Instant now = time.instant();
    return freezeUnread
        || freeze.filter(f -> f.holds(now) && f.holds(now.plus(precision))).isPresent();
  }

  /** A Route 53 change and when every server has it. */
  record Change(Instant insyncAt) {}

  /** What users see from then on. */
  record Shares(Instant from, Sides sides) {}

  /**
   * A cluster that nobody here built serves.
   *
   * @param identifier of its record, with a weight; empty for a simple one
   */
  void before(Optional<String> identifier, boolean dns, boolean alb) {
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
    groups.put(group.arn, group);
    if (alb) {
      ruleWritten(List.of(new GroupWeight(group.arn, 1)), true);
    }
    if (!dns) {
      return;
    }
    recordsWritten(
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

  /** The side that a record is: the cluster that it leads to, else its identifier. */
  String side(Optional<String> target, String identifier) {
    for (Cluster c : clusters.values()) {
      if (target.isPresent() && target.get().equals(c.balancer)) {
        return c.name;
      }
    }
    return identifier;
  }

  /** A cluster that is there; asking for another is a mistake of the simulator. */
  Cluster cluster(String name) {
    return Objects.requireNonNull(clusters.get(name), name);
  }

  Change change(String id) {
    return Objects.requireNonNull(changes.get(id), id);
  }

  /** Lets time pass; what is due happens in order. */
  void pass(Duration by) {
    time.advance(by);
    clusters.values().removeIf(c -> c.goneAt.filter(time::past).isPresent());
    for (Cluster c : clusters.values()) {
      c.passed();
      if (dnsSides().weight(c.name) > 0 || albSides().weight(c.name) > 0) {
        c.lastShare = time.instant();
      }
    }
  }

  /** Whether a request for a route can be answered there at all. */
  boolean canServe(String cluster, boolean dns) {
    Cluster c = clusters.get(cluster);
    if (c == null || !time.past(c.activeAt) || c.goneAt.isPresent() || !c.hasNodes()) {
      return false;
    }
    return dns ? c.balancerActive() : c.binding.filter(groups::containsKey).isPresent();
  }

  /** When so many pods of a cluster were last ready, also of one that somebody deleted since. */
  Instant lastReady(String cluster, int pods) {
    return Optional.ofNullable(clusters.get(cluster))
        .or(() -> namesakes.lost(cluster))
        .orElseThrow()
        .lastReady(pods);
  }

  Sides dnsSides() {
    SortedMap<String, Side> sides = new TreeMap<>();
    for (RecordSeen r : records) {
      Optional<String> target =
          r.alias().map(AliasSeen::dnsName).or(() -> r.values().stream().findFirst());
      String side = side(target, r.setIdentifier().orElse(""));
      sides.put(side, new Side(r.weight().orElse(1), target.orElse("")));
    }
    return new Sides(sides);
  }

  Sides albSides() {
    SortedMap<String, Side> sides = new TreeMap<>();
    for (GroupWeight g : rule) {
      TargetGroup group = groups.get(g.groupArn());
      String side = group == null ? g.groupArn() : group.cluster;
      sides.put(side, new Side(g.weight(), g.groupArn()));
    }
    return new Sides(sides);
  }

  /** What was shown last is older than what a stranger wrote since: nobody can know of that. */
  boolean deceived(boolean dns) {
    return dns ? dnsStale && dnsForeign : albStale && albForeign;
  }

  /** Somebody gave a third side share so lately that one look may not have seen all it had to. */
  boolean putBackWithin(boolean dns, Duration lately) {
    Sides sides = dns ? dnsSides() : albSides();
    Instant at = dns ? recordsAt : ruleAt;
    return sides.receiving().stream().anyMatch(putBack::contains)
        && time.instant().isBefore(at.plus(lately));
  }

  /** Whether nobody else has share to take from: what somebody deleted has none. */
  boolean alone(Sides sides, String cluster) {
    return sides.of().keySet().stream()
        .allMatch(c -> c.equals(cluster) || namesakes.lost(c).isPresent());
  }

  /** A change names some records; others beside them stay a stranger's. */
  private boolean strangers(List<RecordSeen> next, boolean foreign) {
    for (RecordSeen r : next) {
      if (foreign && !records.contains(r)) {
        theirs.add(r);
      } else if (!foreign && !records.contains(r)) {
        theirs.remove(r);
      }
    }
    theirs.retainAll(next);
    return foreign || !theirs.isEmpty();
  }

  /** Route 53 has new records; servers follow within seconds. */
  String recordsWritten(List<RecordSeen> next, boolean foreign) {
    next.forEach(r -> r.setIdentifier().ifPresent(set -> written.put(set, r)));
    dnsForeign = strangers(next, foreign);
    recordsBefore = records;
    recordsAt = time.instant();
    records = List.copyOf(next);
    forgetPutBack();
    Instant insync = time.in(1, (int) insyncMost.toSeconds());
    String id = "C" + (changes.size() + 1);
    changes.put(id, new Change(insync));
    Sides sides = dnsSides();
    // A later write may reach the servers before an earlier one was everywhere, never after it.
    dnsHistory.removeIf(s -> s.from().isAfter(insync));
    dnsHistory.add(new Shares(insync, sides));
    return id;
  }

  void ruleWritten(List<GroupWeight> next, boolean foreign) {
    next.forEach(g -> named.add(g.groupArn()));
    ruleBefore = rule;
    ruleAt = time.instant();
    rule = List.copyOf(next);
    ruleExists = true;
    albForeign = foreign;
    forgetPutBack();
    albHistory.add(new Shares(time.instant(), albSides()));
    for (TargetGroup g : groups.values()) {
      boolean named = rule.stream().anyMatch(w -> w.groupArn().equals(g.arn));
      if (!named) {
        g.probedSince = Optional.empty();
      } else if (g.probedSince.isEmpty()) {
        g.probedSince = Optional.of(time.instant());
        time.due(time.instant().plus(TargetGroup.PROBES));
      }
    }
  }

  /** A call was on its way already when somebody put the cluster back: nobody could call it off. */
  boolean overtaken(Cluster cluster) {
    return late && putBack.contains(cluster.name);
  }

  private void forgetPutBack() {
    Set<String> there = new TreeSet<>(dnsSides().of().keySet());
    there.addAll(albSides().of().keySet());
    putBack.retainAll(there);
  }

  /** What the name servers answer now. */
  Sides answered() {
    return at(dnsHistory, time.instant());
  }

  static Sides at(List<Shares> history, Instant when) {
    Sides sides = Sides.none();
    for (Shares s : history) {
      if (!s.from().isAfter(when)) {
        sides = s.sides();
      }
    }
    return sides;
  }

  /** Requests that one cluster got in a window, by the shares that were in force. */
  double expected(
      List<Shares> history, String cluster, Instant from, Instant to, double perSecond) {
    double sum = 0;
    for (int i = 0; i < history.size(); i++) {
      Instant begin = max(history.get(i).from(), from);
      Instant end = i + 1 < history.size() ? min(history.get(i + 1).from(), to) : to;
      if (begin.isBefore(end)) {
        double seconds = Duration.between(begin, end).toMillis() / 1000.0;
        sum += seconds * perSecond * history.get(i).sides().share(cluster);
      }
    }
    return sum;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
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

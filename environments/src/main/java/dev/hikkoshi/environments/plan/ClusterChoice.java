package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which cluster is wanted (rules 8, 9, 10, 15): the one there is; home, by a return; another that
 * is kept, by a normal move; or a new one. It begins moves and returns, and nothing else.
 */
final class ClusterChoice {

  private static final int MOST_CLUSTERS = 3;

  private ClusterChoice() {}

  static void choose(Draft d) {
    if (d.move().isEmpty()) {
      if (d.desired.stance().outside()) {
        staysOutside(d);
      } else {
        begin(d, d.desired.external() ? Optional.of(External.SIDE) : Optional.empty());
      }
      return;
    }
    LostCluster.look(d);
    MoveRecord move = d.move().get();
    switch (move.phase()) {
      case MovePhase.Returning _ -> {}
      case MovePhase.Returned _ -> {
        if (!matches(d, move.serving())) {
          begin(d, Optional.of(move.serving()));
        }
      }
      case MovePhase.Gone _ -> {
        if (d.desired.stance().outside()) {
          d.await(
              Wait.Kind.BLOCKED,
              d.desired.environment(),
              "traffic: external, but the move from there is over; its weights are a person's now");
        } else if (!matches(d, move.to())) {
          begin(d, Optional.of(move.to()));
        }
      }
      case MovePhase.Forward forward -> onTheWay(d, move, forward);
    }
  }

  private static void staysOutside(Draft d) {
    d.await(
        Wait.Kind.BLOCKED,
        d.desired.environment(),
        "traffic stays outside of clusters until a commit removes traffic: external");
  }

  private static void onTheWay(Draft d, MoveRecord move, MovePhase.Forward phase) {
    if (matches(d, move.to())) {
      return;
    }
    boolean toHome = move.from().filter(home -> isHome(d, home) && matches(d, home)).isPresent();
    if (toHome) {
      goBack(d, wantedAgain(move.from().orElse("")));
      return;
    }
    switch (phase) {
      case MovePhase.Building _, MovePhase.Syncing _, MovePhase.Attached _, MovePhase.Warm _ ->
          giveUp(d, move);
      case MovePhase.Stepping _, MovePhase.Soak _, MovePhase.Drain _ -> third(d, move);
      case MovePhase.Retiring _ -> begin(d, Optional.of(move.to()));
    }
  }

  /** It would be the third one; the first cluster of all is given up where it is no more. */
  private static void third(Draft d, MoveRecord move) {
    if (move.from().isEmpty() && LostCluster.is(d, move.to())) {
      giveUp(d, move);
      return;
    }
    d.await(
        Wait.Kind.THIRD_CLUSTER,
        d.desired.environment(),
        "another cluster is wanted (%s); it waits until the old side of this move is drained"
            .formatted(differences(d, move.to())));
  }

  private static String wantedAgain(String home) {
    return home.equals(External.SIDE)
        ? "the definition gives traffic to the external side again"
        : "the definition of " + home + " is wanted again";
  }

  /** Home until its nodes are being retired, or somebody else deleted it. */
  private static boolean isHome(Draft d, String cluster) {
    return cluster.equals(External.SIDE) || inRecord(d, cluster) && !LostCluster.is(d, cluster);
  }

  private static boolean inRecord(Draft d, String cluster) {
    return d.record.cluster(cluster).filter(c -> c.life().home()).isPresent();
  }

  private static void goBack(Draft d, String why) {
    d.record = d.record.turnedBack(d.now, JournalEntry.HIKKOSHI, why);
  }

  /** The cluster of this move is not wanted any more, and neither is home: build another. */
  private static void giveUp(Draft d, MoveRecord move) {
    String why = "another cluster is wanted: " + differences(d, move.to());
    if (move.from().isPresent()) {
      goBack(d, why);
      return;
    }
    d.log("gave up " + move.to() + ": " + why);
    d.record = d.record.withoutMove().change(move.to(), c -> c.with(abandoned(c.life(), d)));
  }

  static ClusterLife abandoned(ClusterLife life, Draft d) {
    return switch (life) {
      case ClusterLife.Building b -> b.abandoned(d.now);
      case ClusterLife.Serving s -> s.abandoned(d.now);
      case ClusterLife.Kept _,
          ClusterLife.Drained _,
          ClusterLife.Abandoned _,
          ClusterLife.Retiring _,
          ClusterLife.Gone _ ->
          life;
    };
  }

  private static void begin(Draft d, Optional<String> from) {
    if (d.stale.isPresent()) {
      d.await(Wait.Kind.BLOCKED, d.desired.environment(), d.stale.get());
      return;
    }
    if (d.frozen.isPresent()) {
      return;
    }
    if (d.record.trafficHeld()) {
      d.await(Wait.Kind.BLOCKED, d.desired.environment(), "a move begins after the hold is lifted");
      return;
    }
    if (!(d.observed.clusters() instanceof Known)) {
      return;
    }
    if (!TakeOver.everyRoute(d)) {
      String sentence = "a move begins once every route can be taken over";
      d.await(Wait.Kind.BLOCKED, d.desired.environment(), sentence);
      return;
    }
    if (from.isPresent() && !d.require(ChoiceChecks.atHome(d, from.get()))) {
      return;
    }
    boolean fromCluster = from.filter(f -> !f.equals(External.SIDE)).isPresent();
    if (fromCluster && !d.require(ChoiceChecks.mixedChange(d))) {
      return;
    }
    if (!d.require(ChoiceChecks.notBad(d))) {
      return;
    }
    kept(d, from).ifPresentOrElse(cluster -> reuse(d, from, cluster), () -> build(d, from));
  }

  /** Another cluster that still is what is wanted, the newest first. */
  private static Optional<ClusterRecord> kept(Draft d, Optional<String> from) {
    return d.record.clusters().values().stream()
        .filter(c -> from.filter(c.name()::equals).isEmpty())
        .filter(c -> c.life().alive() && matches(d, c.name()) && !d.absent(c.name()))
        .max(Comparator.comparingInt(ClusterRecord::number));
  }

  private static void reuse(Draft d, Optional<String> from, ClusterRecord cluster) {
    ClusterLife life =
        switch (cluster.life()) {
          case ClusterLife.Abandoned a -> a.wantedAgain(d.now);
          case ClusterLife.Drained a -> a.wantedAgain(d.now);
          case ClusterLife.Retiring r -> r.wantedAgain(d.now);
          case ClusterLife.Building b -> b;
          case ClusterLife.Serving s -> s;
          case ClusterLife.Kept k -> k;
          case ClusterLife.Gone g -> g;
        };
    d.record = d.record.with(cluster.with(life));
    start(d, from, cluster.name(), "the kept cluster " + cluster.name() + " is what is wanted");
  }

  private static void build(Draft d, Optional<String> from) {
    if (d.record.existing() >= MOST_CLUSTERS) {
      d.await(
          Wait.Kind.THIRD_CLUSTER,
          d.desired.environment(),
          "three clusters exist; one has to be retired (retire.approved) before another is built");
      return;
    }
    if (!d.require(ChoiceChecks.versionOffered(d))) {
      return;
    }
    DesiredCluster wanted = d.desired.cluster();
    int number = Math.max(d.record.nextNumber(), wanted.number().orElse(0));
    String name = name(d, wanted, number);
    while (d.record.cluster(name).isPresent()) {
      // An adopted cluster has whatever name it has.
      name = name(d, wanted, ++number);
    }
    String why = from.map(f -> differences(d, f)).orElse("there is no cluster yet");
    d.record =
        d.record
            .numbered(number)
            .with(
                new ClusterRecord(
                    name,
                    number,
                    wanted.version(),
                    wanted.immutable(),
                    wanted.mutable(),
                    d.desired.commit(),
                    Optional.empty(),
                    name,
                    new ClusterLife.Building(d.now, false),
                    new TreeMap<>(),
                    Optional.empty(),
                    new TreeMap<>(),
                    Optional.empty(),
                    Optional.empty()));
    start(d, from, name, "new cluster: " + why);
  }

  private static String name(Draft d, DesiredCluster wanted, int number) {
    return "%s-%s-%d"
        .formatted(d.desired.environment(), wanted.version().replace('.', '-'), number);
  }

  private static void start(Draft d, Optional<String> from, String to, String why) {
    TreeMap<String, RouteMove> routes = new TreeMap<>();
    d.desired.routes().forEach(route -> routes.put(route.name(), RouteMove.waiting()));
    String id = to + "-" + Long.toString(d.now.getEpochSecond(), 36);
    d.record =
        d.record.with(
            new MoveRecord(
                id,
                from,
                to,
                d.desired.commit(),
                d.now,
                new MovePhase.Building(d.now),
                d.desired.move().steps(),
                routes,
                new TreeMap<>(),
                false));
    d.log(
        "move %sto %s begins: %s".formatted(from.map(f -> "from " + f + " ").orElse(""), to, why),
        new Fact.Began(from, to, d.desired.move().steps()));
  }

  /** Rule 9: field by field, absent = absent. */
  static boolean matches(Draft d, String cluster) {
    boolean outside = cluster.equals(External.SIDE);
    if (outside || d.desired.stance().outside()) {
      return outside && d.desired.stance().outside();
    }
    return d.record
        .cluster(cluster)
        .filter(c -> c.immutable().equals(d.desired.cluster().immutable()))
        .isPresent();
  }

  /** The fields that ask for another cluster, for people. */
  static String differences(Draft d, String cluster) {
    return d.record
        .cluster(cluster)
        .map(c -> Differences.text(c.immutable(), d.desired.cluster().immutable()))
        .orElse(
            cluster.equals(External.SIDE)
                ? "traffic comes from outside of clusters"
                : "unknown cluster " + cluster);
  }
}

package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** From phase to phase, by what is seen and by time. */
final class MoveProgress {

  private MoveProgress() {}

  static void advance(Draft d) {
    if (d.move().isEmpty()) {
      return;
    }
    MoveRecord move = d.move().get();
    switch (move.phase()) {
      case MovePhase.Building p -> {
        if (quiet(d, move.to())
            && d.require(Readiness.active(d, move.to()))
            && ClusterParts.complete(d, move.to())) {
          enter(d, p.built(d.now));
        }
      }
      case MovePhase.Syncing p -> {
        if (d.require(Readiness.releases(d, move.to()))) {
          enter(d, p.ready(d.now));
        }
      }
      case MovePhase.Attached p -> {
        if (all(d, r -> r.alone() || attached(r.progress()))) {
          enter(d, p.attached(d.now));
        }
      }
      case MovePhase.Warm p -> {
        if (d.desired.routes().isEmpty() && d.frozen.isEmpty()) {
          beginSteps(d, p);
        }
      }
      case MovePhase.Stepping p -> stepped(d, move, p);
      case MovePhase.Soak p -> soaked(d, move, p);
      case MovePhase.Drain p -> drained(d, move, p);
      case MovePhase.Retiring p -> retired(d, move, p);
      case MovePhase.Returning p -> returned(d, move, p);
      case MovePhase.Gone _, MovePhase.Returned _ -> {}
    }
  }

  /** On the route and settled; a person may have accepted weights that are further already. */
  private static boolean attached(RouteProgress progress) {
    return switch (progress) {
      case RouteProgress.Attached _, RouteProgress.Judged _ -> true;
      case RouteProgress.Waiting _,
          RouteProgress.Writing _,
          RouteProgress.Settling _,
          RouteProgress.Watching _ ->
          false;
    };
  }

  /** Calls of an interrupted retirement cannot arrive any more. */
  private static boolean quiet(Draft d, String cluster) {
    Optional<Instant> from =
        d.record
            .cluster(cluster)
            .flatMap(
                c -> c.life() instanceof ClusterLife.Building b ? Optional.of(b) : Optional.empty())
            .map(ClusterLife.Building::quietFrom)
            .filter(d.now::isBefore);
    from.ifPresent(
        at ->
            d.await(
                Wait.until(
                    Wait.Kind.TIME, cluster, "its deletion had begun; late calls may arrive", at)));
    return from.isEmpty();
  }

  private static void enter(Draft d, MovePhase next) {
    d.record = d.record.with(d.move().orElseThrow().with(next));
    begins(d, next);
  }

  private static void begins(Draft d, MovePhase phase) {
    d.log("phase " + phase.word(), new Fact.Phase(phase.word()));
  }

  private static boolean all(Draft d, Predicate<RouteMove> there) {
    MoveRecord move = d.move().orElseThrow();
    return d.desired.routes().stream()
        .allMatch(
            route ->
                move.routes().containsKey(route.name()) && there.test(move.route(route.name())));
  }

  /** The first step is about to be written: from now on the new cluster serves. */
  static void beginSteps(Draft d, MovePhase.Warm phase) {
    MoveRecord move = d.move().orElseThrow();
    TreeMap<String, Integer> pods = new TreeMap<>();
    move.from()
        .ifPresent(
            home ->
                d.desired.routes().stream()
                    .map(DesiredRoute::name)
                    .forEach(
                        route ->
                            d.backend(home, route)
                                .known()
                                .map(BackendSeen::readyPods)
                                .ifPresent(ready -> pods.put(route, ready))));
    MovePhase stepping = phase.started(d.now);
    d.record =
        d.record
            .with(move.withHomePods(pods).with(stepping))
            .change(move.to(), c -> c.with(serving(c.life(), d)));
    begins(d, stepping);
  }

  private static ClusterLife serving(ClusterLife life, Draft d) {
    return switch (life) {
      case ClusterLife.Building b -> b.serving(d.now);
      case ClusterLife.Kept k -> k.home(d.now);
      case ClusterLife.Drained k -> k.home(d.now);
      case ClusterLife.Serving _,
          ClusterLife.Abandoned _,
          ClusterLife.Retiring _,
          ClusterLife.Gone _ ->
          life;
    };
  }

  private static void stepped(Draft d, MoveRecord move, MovePhase.Stepping phase) {
    boolean done = everywhere(d, move);
    if (!done) {
      return;
    }
    enter(d, phase.everything(latest(d).orElse(d.now)));
    move.from()
        .ifPresent(
            home ->
                d.record =
                    d.record.change(
                        home,
                        c ->
                            c.life() instanceof ClusterLife.Serving s ? c.with(s.kept(d.now)) : c));
  }

  private static boolean everywhere(Draft d, MoveRecord move) {
    return all(
        d,
        r ->
            r.progress() instanceof RouteProgress.Judged j
                && j.step() >= Course.of(move, r).last());
  }

  /** When the last route's last write became effective. */
  private static Optional<Instant> latest(Draft d) {
    return d.move().orElseThrow().routes().values().stream()
        .flatMap(r -> r.progress() instanceof RouteProgress.Judged j ? Stream.of(j) : Stream.of())
        .map(RouteProgress.Judged::effectiveAt)
        .max(Instant::compareTo);
  }

  private static void soaked(Draft d, MoveRecord move, MovePhase.Soak phase) {
    if (!everywhere(d, move)) {
      // A person accepted other weights: the steps to 100 % are made again first.
      return;
    }
    Instant whole = latest(d).filter(phase.since()::isBefore).orElse(phase.since());
    Instant over = whole.plus(d.desired.move().soak());
    if (d.now.isBefore(over)) {
      String sentence = "soak: the old side stays warm on the routes";
      d.await(Wait.until(Wait.Kind.TIME, move.to(), sentence, over));
      return;
    }
    boolean sure =
        d.desired.routes().stream()
            .map(route -> d.sure(route.name()))
            .reduce(true, Boolean::logicalAnd);
    if (!sure) {
      return;
    }
    if (d.record.trafficHeld() || d.stale.isPresent()) {
      d.await(Wait.Kind.BLOCKED, move.to(), d.stale.orElse("traffic is held"));
      return;
    }
    if (d.frozen.isPresent()) {
      return;
    }
    // Nothing of an external side is ours to drain or to retire.
    boolean drains = move.from().filter(f -> !f.equals(External.SIDE)).isPresent();
    enter(d, drains ? phase.over(d.now) : phase.alone(d.now));
  }

  private static void drained(Draft d, MoveRecord move, MovePhase.Drain phase) {
    boolean out =
        all(
            d,
            r ->
                r.alone()
                    || (r.progress() instanceof RouteProgress.Judged j
                        && j.step() >= Course.of(move, r).out()));
    if (!out) {
      return;
    }
    MoveRules.Drain rule = d.desired.move().drain();
    Instant over = Questions.quietAt(d.desired, latest(d).orElse(phase.since()));
    if (d.now.isBefore(over)) {
      String sentence = "drain: the old side is off the routes, its requests are counted";
      d.await(Wait.until(Wait.Kind.TIME, move.to(), sentence, over));
      return;
    }
    List<Check> quiet =
        d.desired.routes().stream()
            .filter(route -> !move.route(route.name()).alone())
            .map(route -> quiet(d, route, move.from().orElse(""), rule))
            .toList();
    if (!quiet.stream().map(d::require).reduce(true, Boolean::logicalAnd)) {
      return;
    }
    enter(d, phase.drained(d.now));
    move.from()
        .ifPresent(
            home ->
                d.record =
                    d.record.change(
                        home,
                        c ->
                            c.life() instanceof ClusterLife.Kept k ? c.with(k.drained(d.now)) : c));
  }

  private static Check quiet(Draft d, DesiredRoute route, String old, MoveRules.Drain rule) {
    Observation<Measured> seen = d.observed.drained().get(route.name());
    if (seen == null) {
      return new Check("drained", route.name(), Verdict.unknown("not counted yet"));
    }
    Verdict verdict =
        switch (seen) {
          case Unknown<Measured> _ when LostCluster.is(d, old) ->
              Verdict.pass(old + " is gone, and nothing answers behind it: nobody can be left");
          case Unknown<Measured>(_, String why) -> Verdict.unknown("not counted: " + why);
          case Known<Measured>(Measured m) -> {
            long requests = m.of(old);
            double minutes = Duration.between(m.from(), m.to()).toMillis() / 60_000.0;
            String evidence =
                "%d requests in %.1f min, below %.2f/min is drained"
                    .formatted(requests, minutes, rule.perMinute());
            boolean few = minutes > 0 && requests < rule.perMinute() * minutes || requests == 0;
            yield few ? Verdict.pass(evidence) : Verdict.fail(evidence);
          }
        };
    return new Check("drained", route.name(), verdict);
  }

  private static void retired(Draft d, MoveRecord move, MovePhase.Retiring phase) {
    boolean gone = move.from().flatMap(d.record::cluster).filter(c -> c.life().exists()).isEmpty();
    if (gone) {
      enter(d, phase.gone(d.now));
    }
  }

  private static void returned(Draft d, MoveRecord move, MovePhase.Returning phase) {
    boolean home =
        all(
            d,
            r ->
                r.progress() instanceof RouteProgress.Judged j
                    && j.step() >= Course.of(move, r).out());
    if (!home) {
      return;
    }
    enter(d, phase.home(d.now));
    d.record = d.record.change(move.to(), c -> c.with(ClusterChoice.abandoned(c.life(), d)));
    move.from().ifPresent(f -> d.record = d.record.change(f, c -> c.with(serving(c.life(), d))));
  }
}

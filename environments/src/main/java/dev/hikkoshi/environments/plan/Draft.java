package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Refusal;
import dev.hikkoshi.environments.record.RouteRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan while the rules are writing it: what they read, and what they have decided so far. */
final class Draft {

  final Desired desired;
  final Optional<String> stale;
  final Observed observed;
  final Instant now;

  /** Why nothing may start, whatever is wanted; what goes home is not asked. */
  final Optional<String> frozen;

  EnvironmentRecord record;

  private final List<Action> actions = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final Map<String, Check> unsure = new HashMap<>();
  private final RouteEnds ends;

  Draft(
      Desired desired,
      Optional<String> stale,
      Observed observed,
      EnvironmentRecord record,
      Instant now) {
    this.desired = desired;
    this.stale = stale;
    this.observed = observed;
    this.record = record;
    this.now = now;
    this.frozen = Frozen.why(observed, now);
    this.ends = new RouteEnds(this);
  }

  Plan plan() {
    List<RouteStatus> routes =
        desired.routes().stream().map(route -> RouteStatus.of(this, route)).toList();
    return new Plan(record, actions, checks, waits, routes);
  }

  /** Adds an action and answers true, unless it failed a moment ago: then it waits for its turn. */
  boolean act(Action action) {
    Refusal refusal = record.refusals().get(action.key());
    if (refusal != null && now.isBefore(refusal.again())) {
      String sentence = action.why() + "; last time: " + refusal.text();
      waits.add(Wait.until(Wait.Kind.RETRY, action.key(), sentence, refusal.again()));
      return false;
    }
    actions.add(action);
    return true;
  }

  boolean writesTraffic() {
    return actions.stream().anyMatch(Action.TrafficWrite.class::isInstance);
  }

  /** Writes of traffic decided so far. */
  Stream<Action.TrafficWrite> writes() {
    return actions.stream()
        .filter(Action.TrafficWrite.class::isInstance)
        .map(Action.TrafficWrite.class::cast);
  }

  /** Notes a check and answers whether it passed. One that did not becomes a wait. */
  boolean require(Check check) {
    checks.add(check);
    if (!check.passed()) {
      Wait.Kind kind =
          check.verdict() instanceof Verdict.Unknown ? Wait.Kind.UNKNOWN : Wait.Kind.CHECK;
      waits.add(Wait.of(kind, check.subject(), check.name() + ": " + check.verdict().evidence()));
    }
    return check.passed();
  }

  /** Notes a check that nothing waits for. */
  void note(Check check) {
    checks.add(check);
  }

  /** What keeps a route from going on although its step is over. */
  void unsure(String route, Check check) {
    unsure.put(route, check);
  }

  /** Whether nothing is known to be amiss with what a route carries; what is becomes a wait. */
  boolean sure(String route) {
    Check check = unsure.get(route);
    return check == null || require(check);
  }

  void await(Wait wait) {
    waits.add(wait);
  }

  Stream<Wait> waits() {
    return waits.stream();
  }

  void await(Wait.Kind kind, String subject, String sentence) {
    waits.add(Wait.of(kind, subject, sentence));
  }

  void log(String text) {
    record = record.log(now, JournalEntry.HIKKOSHI, text, "");
  }

  /** What programs read too. */
  void log(String text, Fact fact) {
    record = record.log(now, JournalEntry.HIKKOSHI, text, "", Optional.of(fact));
  }

  Optional<MoveRecord> move() {
    return record.move();
  }

  /** The cluster if EKS's answer is known and has it. */
  Optional<ClusterSeen> cluster(String name) {
    for (ClusterSeen cluster : observed.clusters().known().orElse(List.of())) {
      if (cluster.name().equals(name)) {
        return Optional.of(cluster);
      }
    }
    return Optional.empty();
  }

  /** Whether EKS answered and the cluster is not there. */
  boolean absent(String name) {
    return observed.clusters() instanceof Observation.Known && cluster(name).isEmpty();
  }

  Observation<InsideSeen> inside(String cluster) {
    Observation<InsideSeen> seen = observed.inside().get(cluster);
    return seen != null ? seen : Observation.unknown("inside of " + cluster, "not looked at yet");
  }

  Observation<BackendSeen> backend(String cluster, String route) {
    return inside(cluster)
        .flatMap(
            inside -> {
              Observation<BackendSeen> seen = inside.backends().get(route);
              return seen != null
                  ? seen
                  : Observation.unknown("backend of " + route + " in " + cluster, "not there yet");
            });
  }

  Observation<RouteSeen> route(String name) {
    Observation<RouteSeen> seen = observed.routes().get(name);
    return seen != null ? seen : Observation.unknown("route " + name, "not looked at yet");
  }

  /** The adopted cluster that has traffic, or may get it back. */
  Optional<String> adopted() {
    return move().stream().flatMap(Draft::sides).filter(this::adopted).findFirst();
  }

  private static Stream<String> sides(MoveRecord move) {
    return switch (move.phase()) {
      case MovePhase.Retiring _, MovePhase.Gone _ -> Stream.of(move.to());
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Drain _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          Stream.concat(move.from().stream(), Stream.of(move.to()));
    };
  }

  /** Whether a cluster was there before, so that what leads to it is not of our making. */
  boolean adopted(String name) {
    return record.cluster(name).flatMap(ClusterRecord::adopted).isPresent();
  }

  /** A route that leads to an adopted cluster and was never written. */
  boolean toBeTakenOver(DesiredRoute route) {
    return adopted().isPresent()
        && record.route(route.name()).flatMap(RouteRecord::lastWritten).isEmpty();
  }

  /** The sides of a route as AWS has them now. */
  Observation<Sides> sides(DesiredRoute route) {
    return route(route.name()).map(seen -> sides(route, seen));
  }

  /** The same where the route was seen. */
  Sides sides(DesiredRoute route, RouteSeen seen) {
    return ends.sides(route, seen);
  }

  /** What belongs to a side of a route because of where it leads. */
  Ends ends(DesiredRoute route) {
    return ends.of(route);
  }
}

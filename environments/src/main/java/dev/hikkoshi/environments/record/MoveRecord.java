package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The environment's current move, or its last.
 *
 * @param id unique in the environment; runs through logs, journal and status
 * @param from home; empty for the first move
 * @param steps as they were when the move began, so that a later commit does not renumber them
 * @param homePods ready pods of home's backends when the first step began, by route: a return needs
 *     as many
 * @param capacityWaived a person wants the return although home is smaller
 * @param consents what people allowed this move; empty before anything was
 */
public record MoveRecord(
    String id,
    Optional<String> from,
    String to,
    String commit,
    Instant startedAt,
    MovePhase phase,
    List<Step> steps,
    SortedMap<String, RouteMove> routes,
    SortedMap<String, Integer> homePods,
    boolean capacityWaived,
    Optional<Consents> consents) {

  /** Nobody allowed anything yet. */
  public MoveRecord(
      String id,
      Optional<String> from,
      String to,
      String commit,
      Instant startedAt,
      MovePhase phase,
      List<Step> steps,
      SortedMap<String, RouteMove> routes,
      SortedMap<String, Integer> homePods,
      boolean capacityWaived) {
    this(
        id,
        from,
        to,
        commit,
        startedAt,
        phase,
        steps,
        routes,
        homePods,
        capacityWaived,
        Optional.empty());
  }

  public MoveRecord {
    steps = List.copyOf(steps);
    routes = Sorted.copyOf(routes);
    homePods = Sorted.copyOf(homePods);
  }

  public MoveRecord with(MovePhase next) {
    return with(f -> f.phase = next);
  }

  public MoveRecord with(String route, RouteMove state) {
    return with(f -> f.routes = Sorted.with(routes, route, state));
  }

  public MoveRecord with(String route, RouteProgress progress) {
    return with(route, route(route).with(progress));
  }

  /**
   * The way home, from here; each route begins anew.
   *
   * @throws IllegalStateException when it is over, or on its way home already
   */
  MoveRecord turnedBack(Instant at) {
    if (!(phase instanceof MovePhase.Forward forward)) {
      throw new IllegalStateException("in phase " + phase.word() + " nothing turns back");
    }
    return with(forward.back(at)).withRoutes(waiting());
  }

  /**
   * There is nothing to go back to: it is over where it went, and each route is looked at anew.
   *
   * @throws IllegalStateException when it is not on its way home
   */
  MoveRecord nowhere(Instant at) {
    if (!(phase instanceof MovePhase.Returning returning)) {
      throw new IllegalStateException("in phase " + phase.word() + " nothing was on its way home");
    }
    return with(returning.nowhere(at)).withRoutes(waiting());
  }

  private SortedMap<String, RouteMove> waiting() {
    SortedMap<String, RouteMove> waiting = new TreeMap<>();
    routes.keySet().forEach(route -> waiting.put(route, RouteMove.waiting()));
    return waiting;
  }

  public MoveRecord withRoutes(Map<String, RouteMove> next) {
    return with(f -> f.routes = Sorted.copyOf(next));
  }

  public MoveRecord withHomePods(Map<String, Integer> pods) {
    return with(f -> f.homePods = Sorted.copyOf(pods));
  }

  public MoveRecord waiveCapacity() {
    return with(f -> f.capacityWaived = true);
  }

  private MoveRecord with(Consents next) {
    return with(f -> f.consents = Optional.of(next));
  }

  private MoveRecord with(Consumer<Fields> change) {
    Fields fields = new Fields();
    change.accept(fields);
    return new MoveRecord(
        id,
        from,
        to,
        commit,
        startedAt,
        fields.phase,
        steps,
        fields.routes,
        fields.homePods,
        fields.capacityWaived,
        fields.consents);
  }

  /** What changes while a move goes on, for the length of a lambda. */
  private final class Fields {
    MovePhase phase = MoveRecord.this.phase;
    SortedMap<String, RouteMove> routes = MoveRecord.this.routes;
    SortedMap<String, Integer> homePods = MoveRecord.this.homePods;
    boolean capacityWaived = MoveRecord.this.capacityWaived;
    Optional<Consents> consents = MoveRecord.this.consents;
  }

  /** What people allowed so far. */
  public Consents consented() {
    return consents.orElseGet(Consents::none);
  }

  /** Who approved the step to so many percent. */
  public Optional<Consents.Approval> approval(int percent) {
    return Optional.ofNullable(consented().steps().get(percent));
  }

  MoveRecord approved(int percent, Consents.Approval approval) {
    return with(consented().with(percent, approval));
  }

  MoveRecord skipping(String check, Consents.Skip skip) {
    return with(consented().with(check, skip));
  }

  public RouteMove route(String name) {
    return routes.getOrDefault(name, RouteMove.waiting());
  }

  public boolean returning() {
    return phase instanceof MovePhase.Returning;
  }

  /** The cluster that gains share. */
  public String gaining() {
    return returning() ? from.orElse(to) : to;
  }

  /** The cluster that loses share. */
  public Optional<String> losing() {
    return returning() ? from.map(_ -> to) : from;
  }

  /** The cluster that users are on when nothing moves. */
  public String serving() {
    return switch (phase) {
      case MovePhase.Returning _, MovePhase.Returned _ -> from.orElse(to);
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _ ->
          from.orElse(to);
      case MovePhase.Soak _, MovePhase.Drain _, MovePhase.Retiring _, MovePhase.Gone _ -> to;
    };
  }
}

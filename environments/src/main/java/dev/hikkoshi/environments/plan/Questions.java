package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.port.WebhookGateway.Call;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.record.RunOnce;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pass has to look at besides clusters and routes, as far as record and definition need it.
 *
 * @param inside clusters to look into, if they are ACTIVE
 * @param measured routes whose share is judged now, with the window of whole metric periods
 * @param drained routes whose old side's requests are counted, with the window
 * @param drainedCluster the old side
 * @param changes Route 53 changes to ask after, by change id the route's name
 * @param references clusters about to go, with everything that was ever put on a route for them
 * @param rooms node groups that are to go, by cluster: whether the others can carry what is there
 * @param marks DNS routes whose name may be external-dns' and that are to be taken over
 * @param meters checks that are asked now, about which side and which whole periods
 * @param calls webhooks that are asked now, by what exactly is asked
 * @param jobs the cluster whose Jobs of checks are looked at
 * @param roles every role with which routes are reached
 */
public record Questions(
    SortedSet<String> inside,
    SortedMap<String, Span> measured,
    SortedMap<String, Span> drained,
    Optional<String> drainedCluster,
    SortedMap<String, String> changes,
    SortedMap<String, Map<String, String>> references,
    SortedMap<String, Set<String>> rooms,
    SortedSet<String> marks,
    SortedMap<Meter, Span> meters,
    SortedMap<String, Call> calls,
    Optional<String> jobs,
    Set<Optional<String>> roles) {

  /** A window of time, {@code to} exclusive. */
  public record Span(Instant from, Instant to) {}

  /** Pure: nothing is asked here. */
  public static Questions of(Desired desired, EnvironmentRecord record, Instant now) {
    SortedSet<String> inside = new TreeSet<>();
    SortedMap<String, Map<String, String>> references = new TreeMap<>();
    SortedMap<String, Set<String>> rooms = new TreeMap<>();
    for (ClusterRecord cluster : record.clusters().values()) {
      if (looksInside(cluster, record)) {
        inside.add(cluster.name());
        Set<String> going = new Dropped(cluster.dropped()).nodegroups();
        if (!going.isEmpty()) {
          rooms.put(cluster.name(), going);
        }
      }
      if (EndWork.searched(desired, record, cluster, now)) {
        references.put(cluster.name(), cluster.ends());
      }
    }
    if (record.blank()) {
      desired.adopt().map(Adopt::cluster).ifPresent(inside::add);
    }
    SortedMap<String, Span> measured = new TreeMap<>();
    SortedMap<String, Span> drained = new TreeMap<>();
    SortedMap<String, String> changes = new TreeMap<>();
    record.move().ifPresent(m -> ofRoutes(desired, m, now, measured, drained, changes));
    Optional<String> old =
        drained.isEmpty() ? Optional.empty() : record.move().flatMap(MoveRecord::from);
    return new Questions(
        inside,
        measured,
        drained,
        old,
        changes,
        references,
        rooms,
        marks(desired, record),
        Meters.of(desired, record, now),
        calls(desired, record, now),
        jobs(desired, record),
        roles(desired, record));
  }

  private static SortedMap<String, Call> calls(
      Desired desired, EnvironmentRecord record, Instant now) {
    SortedMap<String, Call> calls = new TreeMap<>();
    for (Turn turn : Turn.of(desired, record, now)) {
      if (turn.due() && turn.check().question() instanceof Inquiry.Webhook hook) {
        calls.put(
            turn.of(), new Call(hook.url(), hook.timeout(), hook.credentials(), turn.occasion()));
      }
    }
    return calls;
  }

  /** Jobs are looked at as long as one may have been created and be waited for. */
  private static Optional<String> jobs(Desired desired, EnvironmentRecord record) {
    boolean any =
        desired.mode() == Mode.ACT
            && desired.move().inquiries().stream()
                .anyMatch(i -> i.question() instanceof Inquiry.Job);
    return record
        .move()
        .filter(m -> any)
        .filter(m -> CheckWindow.judged(m.phase()) || m.phase() instanceof MovePhase.Warm)
        .map(MoveRecord::to);
  }

  /** Routes that were never written, while there is a cluster that was there before. */
  private static SortedSet<String> marks(Desired desired, EnvironmentRecord record) {
    boolean adopted =
        record.blank()
            ? desired.adopt().isPresent()
            : record.clusters().values().stream()
                .anyMatch(c -> c.adopted().isPresent() && c.life().exists());
    SortedSet<String> marks = new TreeSet<>();
    for (DesiredRoute route : desired.routes()) {
      boolean written = record.route(route.name()).flatMap(RouteRecord::lastWritten).isPresent();
      if (adopted && !written && route instanceof DesiredRoute.Dns) {
        marks.add(route.name());
      }
    }
    return marks;
  }

  private static boolean looksInside(ClusterRecord cluster, EnvironmentRecord record) {
    boolean side =
        record
            .move()
            .filter(
                m ->
                    m.to().equals(cluster.name())
                        || m.from().filter(cluster.name()::equals).isPresent())
            .isPresent();
    boolean stopping =
        record.runOnce().orElse(null) instanceof RunOnce.Passing passing
            && passing.from().equals(cluster.name());
    return (side || stopping || record.handover().isPresent())
        && cluster.life().alive()
        && !(cluster.life() instanceof ClusterLife.Retiring);
  }

  private static void ofRoutes(
      Desired desired,
      MoveRecord move,
      Instant now,
      SortedMap<String, Span> measured,
      SortedMap<String, Span> drained,
      SortedMap<String, String> changes) {
    for (DesiredRoute route : desired.routes()) {
      switch (move.route(route.name()).progress()) {
        case RouteProgress.Watching w -> {
          Duration min = Course.of(move, move.route(route.name())).step(w.step()).dwellMin();
          if (!now.isBefore(w.effectiveAt().plus(min))) {
            Optional<Span> window =
                switch (route) {
                  case DesiredRoute.Dns _ -> Optional.of(new Span(w.effectiveAt(), now));
                  case DesiredRoute.Alb _ -> span(desired, w.effectiveAt(), now);
                };
            window.ifPresent(s -> measured.put(route.name(), s));
          }
        }
        case RouteProgress.Settling(_, _, Optional<String> change, Optional<Instant> insync) -> {
          if (insync.isEmpty()) {
            change.ifPresent(id -> changes.put(id, route.name()));
          }
        }
        case RouteProgress.Judged j -> {
          boolean out =
              move.phase() instanceof MovePhase.Drain
                  && j.step() >= Course.of(move, move.route(route.name())).out();
          if (out) {
            quiet(desired, j.effectiveAt(), now).ifPresent(s -> drained.put(route.name(), s));
          }
        }
        case RouteProgress.Waiting _, RouteProgress.Writing _, RouteProgress.Attached _ -> {}
      }
    }
  }

  /**
   * Whole metric periods inside a step. The newest whole period is left out: its counts may not be
   * complete on every node of the load balancer yet.
   */
  static Optional<Span> span(Desired desired, Instant effectiveAt, Instant now) {
    long period = desired.measuring().metricPeriod().toMillis();
    long from = Math.ceilDiv(effectiveAt.toEpochMilli(), period) * period;
    long to = Math.floorDiv(now.toEpochMilli(), period) * period - period;
    return to > from
        ? Optional.of(new Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)))
        : Optional.empty();
  }

  /**
   * The newest whole metric periods that are together as long as the old side has to be quiet;
   * empty before {@link #quietAt}.
   */
  public static Optional<Span> quiet(Desired desired, Instant effectiveAt, Instant now) {
    return now.isBefore(quietAt(desired, effectiveAt))
        ? Optional.empty()
        : span(desired, effectiveAt, now)
            .map(over -> new Span(over.to().minus(quietFor(desired)), over.to()));
  }

  /** When as many whole periods as that are over since the last share went, and are reported. */
  static Instant quietAt(Desired desired, Instant effectiveAt) {
    Duration period = desired.measuring().metricPeriod();
    long first = Math.ceilDiv(effectiveAt.toEpochMilli(), period.toMillis()) * period.toMillis();
    return Instant.ofEpochMilli(first).plus(quietFor(desired)).plus(period);
  }

  private static Duration quietFor(Desired desired) {
    Duration period = desired.measuring().metricPeriod();
    long lasting = desired.move().drain().lasting().toMillis();
    return period.multipliedBy(Math.max(1, Math.ceilDiv(lasting, period.toMillis())));
  }

  private static Set<Optional<String>> roles(Desired desired, EnvironmentRecord record) {
    Set<Optional<String>> roles = new HashSet<>();
    desired.routes().forEach(route -> roles.add(route.role()));
    record.routes().values().stream().map(RouteRecord::role).forEach(roles::add);
    return Set.copyOf(roles);
  }
}

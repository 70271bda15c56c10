package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.analysis.Analysis;
import dev.hikkoshi.environments.check.analysis.Looking;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.record.Consents;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The whole periods over which a route's checks are asked now. A step is looked at in windows of
 * {@value #MOST} periods that follow each other, so that what is well for long does not hide what
 * turns sick, and no answer becomes larger than that.
 *
 * @param index which window of the step, from 0
 * @param earlier periods of the old side that stand for it, once it has no traffic
 */
record CheckWindow(Instant from, Instant to, int index, Optional<Span> earlier) {

  static final int MOST = 120;

  /** Periods before a step that a check of {@link DeclaredCheck.When#BEFORE} is about. */
  private static final int BEFORE = 5;

  /** How much of the old side's last time with traffic stands for it afterwards. */
  private static final int EARLIER = 30;

  /** Of the step that is effective; empty when there is nothing to look at. */
  static Optional<CheckWindow> of(Desired desired, MoveRecord move, RouteMove route, Instant now) {
    if (!judged(move.phase()) || route.alone()) {
      return Optional.empty();
    }
    Course course = Course.of(move, route);
    return course
        .lasting(route)
        .flatMap(
            lasting -> {
              Instant at = lasting.effectiveAt();
              Optional<Span> earlier =
                  course.percent(lasting.step()) == 100
                      ? Optional.of(earlier(desired, route.whole().orElse(at)))
                      : Optional.empty();
              Instant since = route.judging().since();
              return since(desired, since.isAfter(at) ? since : at, now, earlier);
            });
  }

  /**
   * From the first step on while there is an old side. It may be on the routes longer than it
   * should, or once more: weights of somebody else were accepted, and steps are made again.
   */
  static boolean judged(MovePhase phase) {
    return switch (phase) {
      case MovePhase.Stepping _, MovePhase.Soak _, MovePhase.Drain _, MovePhase.Retiring _ -> true;
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Gone _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          false;
    };
  }

  /** The minutes before now. */
  static CheckWindow before(Desired desired, Instant now) {
    Instant to = floor(desired, now);
    return new CheckWindow(
        to.minus(desired.measuring().metricPeriod().multipliedBy(BEFORE)), to, 0, Optional.empty());
  }

  private static Optional<CheckWindow> since(
      Desired desired, Instant at, Instant now, Optional<Span> earlier) {
    long length = desired.measuring().metricPeriod().toMillis();
    Instant first = Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), length) * length);
    Instant to = floor(desired, now);
    if (!to.isAfter(first)) {
      return Optional.empty();
    }
    long before = (to.toEpochMilli() - first.toEpochMilli()) / length - 1;
    int index = (int) (before / MOST);
    Instant from = first.plusMillis((long) index * MOST * length);
    return Optional.of(new CheckWindow(from, to, index, earlier));
  }

  private static Span earlier(Desired desired, Instant whole) {
    Instant to = floor(desired, whole);
    return new Span(to.minus(desired.measuring().metricPeriod().multipliedBy(EARLIER)), to);
  }

  private static Instant floor(Desired desired, Instant at) {
    long length = desired.measuring().metricPeriod().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  Span span() {
    return new Span(from, to);
  }

  /** What the analysis is told of this look. */
  Analysis.Asked asked(Desired desired, int steps, Duration dwellMin) {
    Duration period = desired.measuring().metricPeriod();
    // Milliseconds: to divide one duration by another is to divide two decimals without limit.
    long periods = Duration.between(from, to).toMillis() / period.toMillis();
    long least = dwellMin.toMillis() / period.toMillis();
    int look = (int) Math.max(1, periods - least);
    return new Analysis.Asked(
        from, to, period, earlier.isPresent(), new Looking(steps + 1, index, look));
  }

  /** The checks that judge a route and are not switched off now. */
  static List<MoveCheck> asked(Desired desired, MoveRecord move, String route, Instant now) {
    return desired.move().checks().stream()
        .filter(c -> c.judges(route) && skipped(c, move, now).isEmpty())
        .toList();
  }

  /** Who switched a check off, and why: the definition, or a person for this move. */
  static Optional<String> skipped(DeclaredCheck check, MoveRecord move, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Optional<String> byDefinition =
        check
            .skip()
            .filter(s -> s.until().filter(today::isAfter).isEmpty())
            .map(s -> "skipped by the definition: " + s.reason());
    return byDefinition.or(
        () ->
            Optional.ofNullable(move.consented().skips().get(check.name()))
                .filter(s -> s.holds(now))
                .map(Consents.Skip::sentence));
  }
}

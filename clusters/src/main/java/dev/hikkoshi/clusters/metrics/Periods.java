package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Arithmetic of whole periods. */
final class Periods {

  private Periods() {}

  /**
   * The part of a window whose periods are over and reported.
   *
   * @param delay until a provider has everything of a period that is over
   * @return empty where no period is over yet
   */
  static Optional<Window> over(Window window, Instant now, Duration delay) {
    Duration whole = Duration.between(window.from(), now.minus(delay));
    if (whole.compareTo(window.period()) < 0) {
      return Optional.empty();
    }
    Instant last =
        window.from().plus(window.period().multipliedBy(whole.dividedBy(window.period())));
    Instant to = last.isBefore(window.to()) ? last : window.to();
    return to.isAfter(window.from())
        ? Optional.of(new Window(window.from(), to, window.period()))
        : Optional.empty();
  }

  /** The window in parts of so many periods at most, in order. */
  static List<Window> parts(Window window, int most) {
    List<Window> parts = new ArrayList<>();
    Duration length = window.period().multipliedBy(most);
    for (Instant at = window.from(); at.isBefore(window.to()); at = at.plus(length)) {
      Instant end = at.plus(length);
      Instant to = end.isBefore(window.to()) ? end : window.to();
      parts.add(new Window(at, to, window.period()));
    }
    return parts;
  }

  /** The starts of a window's periods, in order. */
  static Stream<Instant> starts(Window window) {
    return Stream.iterate(
        window.from(), at -> at.isBefore(window.to()), at -> at.plus(window.period()));
  }

  /** Whether a period of the window begins then. */
  static boolean begins(Window window, Instant at) {
    return !at.isBefore(window.from())
        && at.isBefore(window.to())
        && Duration.between(window.from(), at).toMillis() % window.period().toMillis() == 0;
  }
}

package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Optional;

/**
 * Where work that must run only once runs: CronJobs, consumers and whatever else is classified
 * {@code serving-only}.
 *
 * <pre>
 *  At(a) ──wanted in b──▶ Passing(a → b) ──a proven stopped, or a person's word──▶ At(b)
 *    ▲                        │
 *    └──── wanted in a again ─┘
 * </pre>
 *
 * Only {@code At} lets it run, and only in its cluster; while it passes it runs nowhere by our
 * wish.
 */
public sealed interface RunOnce {

  Instant since();

  /** Whether it may run in a cluster. */
  default boolean in(String cluster) {
    return switch (this) {
      case At at -> at.cluster().equals(cluster);
      case Passing _ -> false;
    };
  }

  /** The cluster that has it, or gets it. */
  default String goal() {
    return switch (this) {
      case At at -> at.cluster();
      case Passing passing -> passing.to();
    };
  }

  /** It runs there. */
  record At(String cluster, Instant since) implements RunOnce {

    /** It is wanted elsewhere: it stops here first. */
    public Passing to(String next, Instant now) {
      return new Passing(cluster, next, now, Optional.empty(), Optional.empty());
    }
  }

  /**
   * It is being stopped.
   *
   * @param stopped since when every look showed it stopped; an unknown look begins anew
   * @param override who said that it may start though nothing is proven, and why
   */
  record Passing(
      String from, String to, Instant since, Optional<Instant> stopped, Optional<String> override)
      implements RunOnce {

    public Passing seenStopped(Instant at) {
      return stopped.isPresent() ? this : new Passing(from, to, since, Optional.of(at), override);
    }

    public Passing notStopped() {
      return new Passing(from, to, since, Optional.empty(), override);
    }

    public Passing overridden(String by) {
      return new Passing(from, to, since, stopped, Optional.of(by));
    }

    /** It starts in its new cluster. */
    public At arrived(Instant now) {
      return new At(to, now);
    }

    /** It is wanted where it came from, and never started elsewhere. */
    public At back(Instant now) {
      return new At(from, now);
    }

    /** It is wanted in a third cluster, which changes nothing for the one that has to stop. */
    public Passing towards(String other) {
      return new Passing(from, other, since, stopped, override);
    }
  }
}

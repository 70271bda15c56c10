package dev.hikkoshi.environments.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An environment leaves Hikkoshi's hands.
 *
 * <pre>
 *  managed ──a person asks──▶ Asked ──nothing carries our tags any more──▶ Done ──its folder left Git──▶ (forgotten)
 *     ▲                         │                                           │
 *     └─────────────────────────┴──────────── a person takes it back ───────┘
 * </pre>
 *
 * While {@code Asked}, nothing is done but taking tags off; while {@code Done}, nothing at all, and
 * AWS is not even looked at. {@code Done} is remembered for as long as Git defines the environment,
 * so that the next pass does not take it again.
 */
public sealed interface Handover {

  /** How long what is left can be read after the end, even if the folder is gone at once. */
  Duration READABLE = Duration.ofHours(1);

  String author();

  String reason();

  /** When it came to this. */
  Instant at();

  /**
   * Tags are being taken off.
   *
   * @param left what stays and whose it is, seen before the first tag went; empty until then
   */
  record Asked(String author, String reason, Instant at, Optional<List<String>> left)
      implements Handover {

    public Asked {
      left = left.map(List::copyOf);
    }

    /** Everything was seen that will be left. */
    public Asked seen(List<String> all) {
      return new Asked(author, reason, at, Optional.of(all));
    }

    /** Nothing is ours any more. */
    public Done done(Instant now) {
      return new Done(author, reason, now, left.orElse(List.of()));
    }
  }

  /**
   * Nothing is managed.
   *
   * @param left what stays and whose it is now, one sentence each
   */
  record Done(String author, String reason, Instant at, List<String> left) implements Handover {

    public Done {
      left = List.copyOf(left);
    }

    /** Whether it may be forgotten once no source defines it. */
    public boolean readLongEnough(Instant now) {
      return !now.isBefore(at.plus(READABLE));
    }
  }
}

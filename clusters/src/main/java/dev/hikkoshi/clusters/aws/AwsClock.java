package dev.hikkoshi.clusters.aws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time as AWS has it. Steps, soak and drain are counted in AWS's records, metrics and changes;
 * a machine whose clock is wrong, or is put right by an hour in the middle of a move, must not
 * count otherwise.
 *
 * <p>It begins with the machine's clock, goes on by its monotonic one, and is put right by the
 * {@code Date} of AWS's answers (RFC 9110, 6.6.1: when the answer was made, in whole seconds) as
 * far as those prove it wrong. So it is right to about a second, and a jump of the machine's clock
 * does not touch it. A machine that slept is behind until AWS answers next, and nothing is decided
 * in a pass in which AWS did not answer.
 */
public final class AwsClock implements InstantSource {

  private static final Logger LOG = System.getLogger(AwsClock.class.getName());

  /** A {@code Date} says the second in which an answer was made. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Less than this is not worth a word: services of AWS differ among themselves. */
  private static final Duration TOLD = Duration.ofSeconds(5);

  private final LongSupplier nanos;
  private volatile Anchor anchor;

  /** What time it was when the monotonic clock said so much. */
  private record Anchor(Instant at, long nanos) {

    Instant time(long now) {
      return at.plusNanos(now - nanos);
    }
  }

  /** A clock that begins with the machine's time. */
  public static AwsClock beginningWith(InstantSource machine) {
    return new AwsClock(machine, System::nanoTime);
  }

  AwsClock(InstantSource machine, LongSupplier nanos) {
    this.nanos = nanos;
    this.anchor = new Anchor(machine.instant(), nanos.getAsLong());
  }

  @Override
  public Instant instant() {
    return anchor.time(nanos.getAsLong());
  }

  /** What the monotonic clock says, for {@link #answered}. */
  long nanos() {
    return nanos.getAsLong();
  }

  /**
   * AWS answered.
   *
   * @param date of the answer
   * @param sentAt when its request was sent, by {@link #nanos}
   */
  synchronized void answered(Instant date, long sentAt) {
    long now = nanos.getAsLong();
    Instant latest = date.plus(SECOND).plusNanos(now - sentAt);
    Instant mine = anchor.time(now);
    Instant right = mine.isBefore(date) ? date : mine.isAfter(latest) ? latest : mine;
    if (right.equals(mine)) {
      return;
    }
    anchor = new Anchor(right, now);
    Duration wrong = Duration.between(right, mine);
    if (wrong.abs().compareTo(TOLD) >= 0) {
      String way = wrong.isNegative() ? "behind" : "ahead of";
      LOG.log(
          Level.WARNING,
          "the clock was {0} s {1} AWS and is put right; is this machine''s time synchronized?",
          Long.toString(wrong.abs().toSeconds()),
          way);
    }
  }
}

package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The clock of the process that runs, as AWS's answers keep it: right to a second after one of
 * them, anything before the first one of a process, and behind after the machine slept.
 */
final class SimClock implements InstantSource {

  /** What an answer in whole seconds cannot prove wrong. */
  private static final Duration RIGHT = Duration.ofSeconds(1);

  private static final Duration BEHIND = RIGHT.negated();

  /** What was seen longer ago is not judged. */
  private static final Duration LOOK = Duration.ofMinutes(2);

  private static final int DAYS = 3;
  private static final int LONGEST_SLEEP_SECONDS = 7_200;

  private final World world;
  private final SplittableRandom random;
  private final Duration every;
  private Instant next;
  private Duration wrong = Duration.ZERO;
  private boolean resting;

  SimClock(World world, Options options) {
    this.world = world;
    this.random = new SplittableRandom(options.seed() ^ 0xC10C);
    this.every = options.clockEvery();
    if (!every.isZero()) {
      world.precision = RIGHT.multipliedBy(2);
      world.look = LOOK;
    }
    this.next = every.isZero() ? Instant.MAX : later();
  }

  @Override
  public Instant instant() {
    return world.time.instant().plus(wrong);
  }

  private Instant later() {
    return world.time.instant().plusMillis(1 + random.nextLong(2 * every.toMillis()));
  }

  /** How wrong it is; negative where it is behind. */
  Duration wrong() {
    return wrong;
  }

  /** Another process goes on where this one was stopped. */
  void wrong(Duration by) {
    wrong = by;
  }

  /** A process begins, with the clock of its machine. */
  Optional<String> starts(Disturbances disturbances) {
    wrong = Duration.ZERO;
    if (every.isZero() || resting || !disturbances.strikes("a process starts with a wrong clock")) {
      return Optional.empty();
    }
    wrong = random.nextBoolean() ? upTo(RIGHT.toSeconds()) : upTo(DAYS * 86_400L);
    return Optional.of("a process starts with a clock that is wrong by " + wrong);
  }

  private Duration upTo(long seconds) {
    double most = random.nextDouble() * Math.log(seconds * 1_000.0);
    long millis = (long) Math.exp(most);
    return Duration.ofMillis(random.nextBoolean() ? millis : -millis);
  }

  /** AWS answered: what is provably wrong is put right. */
  void answered() {
    if (wrong.compareTo(RIGHT) > 0) {
      wrong = RIGHT;
    } else if (wrong.compareTo(BEHIND) < 0) {
      wrong = BEHIND;
    }
  }

  /** When the machine sleeps next. */
  Instant next() {
    return next;
  }

  /** The machine sleeps, if it is time; its monotonic clock stands meanwhile. */
  Optional<String> sleeps(Disturbances disturbances) {
    if (!world.time.past(next)) {
      return Optional.empty();
    }
    if (!disturbances.strikes("the machine sleeps")) {
      next = later();
      return Optional.empty();
    }
    double seconds = Math.exp(random.nextDouble() * Math.log(LONGEST_SLEEP_SECONDS));
    Duration asleep = Duration.ofSeconds(1 + (long) seconds);
    world.pass(asleep);
    wrong = wrong.minus(asleep);
    next = later();
    return Optional.of("the machine slept " + asleep);
  }

  /** It sleeps no more, and is right. */
  void rest() {
    resting = true;
    next = Instant.MAX;
    wrong = Duration.ZERO;
  }
}

package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The repository: commits, and that it answers nobody for a while. Until it does again the last
 * commit that was read counts, and says that it may be stale.
 */
final class SimGit {

  private static final int LONGEST_SECONDS = 3_600;

  private final World world;
  private final SplittableRandom random;
  private final Duration every;
  private Instant next;
  private boolean away;
  private @Nullable Wishes commit;
  private @Nullable Wish read;

  SimGit(World world, Options options) {
    this.world = world;
    this.random = new SplittableRandom(options.seed() ^ 0x617);
    this.every = options.gitAwayEvery();
    this.next = every.isZero() ? Instant.MAX : later(every);
  }

  private Instant later(Duration mean) {
    return world.time.instant().plusMillis(1 + random.nextLong(2 * mean.toMillis()));
  }

  /** When it goes away or answers again. */
  Instant next() {
    return next;
  }

  /** Whether it answers nobody. */
  boolean away() {
    return away;
  }

  /** It goes away or answers again, if it is time; the text says which. */
  Optional<String> turn(Disturbances disturbances) {
    if (!world.time.past(next)) {
      return Optional.empty();
    }
    if (away) {
      away = false;
      next = later(every);
      return Optional.of("Git answers again");
    }
    if (read == null || !disturbances.strikes("Git is away")) {
      next = later(every);
      return Optional.empty();
    }
    away = true;
    next = later(Duration.ofSeconds(30 + random.nextInt(LONGEST_SECONDS)));
    return Optional.of("Git answers nobody");
  }

  /** It answers from now on. */
  void rest() {
    away = false;
    next = Instant.MAX;
  }

  /** What is known of the newest commit; the same commit is the same object. */
  Wish read(Wishes newest) {
    if (away && read != null) {
      if (read.stale().isEmpty()) {
        read = Wish.stale(read.desired().orElseThrow(), "Git does not answer");
      }
      return read;
    }
    if (read == null || read.stale().isPresent() || !newest.equals(commit)) {
      commit = newest;
      read = Wish.of(newest.desired());
    }
    return read;
  }

  /** The mode that is known of. */
  Mode mode(Mode newest) {
    return away && commit != null ? commit.mode() : newest;
  }
}

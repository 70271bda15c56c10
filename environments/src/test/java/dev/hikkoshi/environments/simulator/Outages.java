package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A whole service answers no look for a while, as when its control plane is down: what could be
 * told from one answer cannot be told from the next one either, which single cut reads never do.
 */
final class Outages {

  /** What is away as one. */
  enum Service {
    EKS,
    CLUSTERS,
    DNS,
    BALANCERS,
    METERS
  }

  private static final int LONGEST_SECONDS = 1_200;

  private final World world;
  private final SplittableRandom random;
  private final Duration every;
  private Instant next;
  private Optional<Service> away = Optional.empty();

  Outages(World world, Options options) {
    this.world = world;
    this.random = new SplittableRandom(options.seed() ^ 0x0D0E5);
    this.every = options.outagesEvery();
    this.next = every.isZero() ? Instant.MAX : later(every);
  }

  private Instant later(Duration mean) {
    return world.time.instant().plusMillis(1 + random.nextLong(2 * mean.toMillis()));
  }

  /** When one begins or ends. */
  Instant next() {
    return next;
  }

  /** Whether a service is away. */
  boolean away(Service service) {
    return away.filter(service::equals).isPresent();
  }

  /** One begins, or the one at hand ends, if it is time; the text says which. */
  Optional<String> turn(Disturbances disturbances) {
    if (!world.time.past(next)) {
      return Optional.empty();
    }
    if (away.isPresent()) {
      String text = away.get() + " answers again";
      away = Optional.empty();
      next = later(every);
      return Optional.of(text);
    }
    Service service = Service.values()[random.nextInt(Service.values().length)];
    if (!disturbances.strikes("a service is away")) {
      next = later(every);
      return Optional.empty();
    }
    away = Optional.of(service);
    next = later(Duration.ofSeconds(30 + random.nextInt(LONGEST_SECONDS)));
    return Optional.of(service + " answers no look");
  }

  /** None from now on. */
  void rest() {
    away = Optional.empty();
    next = Instant.MAX;
  }
}

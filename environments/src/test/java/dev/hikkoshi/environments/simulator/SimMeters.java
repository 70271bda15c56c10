package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Providers that count what users saw, some a little late, with a gap now and then, and silent for
 * a while in some worlds. The same period is answered the same way whenever it is asked for.
 */
class SimMeters implements MetricsGateway {

  private static final double PER_SECOND = 60;

  private final World world;
  private final Faults faults;
  private final Sickness sickness;
  private final SimLag lag;
  private final long seed;

  /** When the newest period began of which the new side's readings were answered, by route. */
  final Map<String, Instant> answered = new TreeMap<>();

  /** Nothing is known of any period. */
  boolean empty;

  SimMeters(World world, Faults faults, Sickness sickness, long seed) {
    this.world = world;
    this.faults = faults;
    this.sickness = sickness;
    this.lag = new SimLag(world, seed);
    this.seed = seed;
  }

  @Override
  public Observation<Readings> read(Measure measure, Side side, Window window) {
    String what = "meters of " + side.route();
    return measure.counts()
        ? faults.read(Service.METERS, what, () -> counted(side, window))
        : faults.read(Service.METERS, what, () -> levels(side, window));
  }

  /** A level, for each period that is over. */
  private Readings levels(Side side, Window window) {
    List<Value> blocks = new ArrayList<>();
    for (Instant from = window.from();
        from.isBefore(window.to()) && !empty;
        from = from.plus(window.period())) {
      blocks.add(new Value(from, lag.of(side.cluster(), from)));
    }
    return new Readings.Values(blocks);
  }

  private Readings counted(Side side, Window window) {
    List<Count> blocks = new ArrayList<>();
    int late = (int) Math.floorMod(seed, 3L);
    Instant known = world.time.instant().minus(window.period().multipliedBy(late));
    for (Instant from = window.from();
        from.isBefore(window.to());
        from = from.plus(window.period())) {
      Instant to = from.plus(window.period());
      SplittableRandom random =
          new SplittableRandom(
              seed ^ Objects.hash(side.cluster(), side.route(), from.getEpochSecond()));
      boolean gap = random.nextInt(100) == 0;
      if (!empty && !gap && !to.isAfter(known)) {
        blocks.add(block(side, from, to, random));
      }
    }
    if (!blocks.isEmpty()) {
      answered.merge(
          side.route() + " " + side.cluster(),
          blocks.getLast().from(),
          (a, b) -> a.isAfter(b) ? a : b);
    }
    return new Readings.Counts(blocks);
  }

  private Count block(Side side, Instant from, Instant to, SplittableRandom random) {
    boolean dns = side.route().equals("web");
    String name = side.cluster().equals(External.SIDE) ? Wishes.OUTSIDE : side.cluster();
    long total = Math.round(world.route(dns).history.expected(name, from, to, PER_SECOND));
    // Sick in the middle of a period is sick in it.
    Instant middle = from.plus(java.time.Duration.between(from, to).dividedBy(2));
    double errors = sickness.errors(dns, name, middle);
    double gauss = 0;
    for (int i = 0; i < 12; i++) {
      gauss += random.nextDouble();
    }
    double mean = total * errors;
    double drawn =
        mean < 10 ? poisson(mean, random) : mean + Math.sqrt(mean * (1 - errors)) * (gauss - 6);
    return new Count(from, Math.clamp(Math.round(drawn), 0, total), total);
  }

  private static long poisson(double mean, SplittableRandom random) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long n = 0;
    while (product > limit) {
      product *= random.nextDouble();
      n++;
    }
    return n;
  }
}

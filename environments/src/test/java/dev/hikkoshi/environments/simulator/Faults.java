package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What goes wrong between Hikkoshi and the world, drawn from the seed. */
final class Faults {

  /** The process died here. */
  static final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Crash(String where) {
      super(where, null, false, false);
    }
  }

  /** A write that is on its way longer than this never arrives. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  /** So long after a write a read may still show what was there before it. */
  private static final Duration CONSISTENT = Duration.ofSeconds(30);

  private final World world;
  private final Consumer<String> happened;
  private final Runnable looked;
  private final Disturbances disturbances;
  private final Outages outages;
  private Options options;

  /** The boundary of an effect or a save at which the process dies once; none is 0. */
  int crashAt;

  /** Lets another process lead for a while; what this one does afterwards comes late. */
  Runnable succeeded = () -> {};

  /** Runs in the middle of every look. */
  Runnable looking = () -> {};

  /** AWS answered a look. */
  Runnable answered = () -> {};

  private boolean pausing;

  /** How many boundaries there were until now. */
  int boundaries;

  /** Answers until now that were older than what they were about. */
  long deceived;

  /** How often one of them struck. */
  long struck;

  /**
   * Creates faults.
   *
   * @param disturbances what of it takes place
   * @param happened told of each fault that struck
   * @param looked runs after every effect: the invariants
   */
  Faults(
      World world,
      Options options,
      Disturbances disturbances,
      Consumer<String> happened,
      Runnable looked) {
    this.world = world;
    this.options = options;
    this.disturbances = disturbances;
    this.outages = new Outages(world, options);
    this.happened = happened;
    this.looked = looked;
  }

  /** Nothing that is drawn is spared. */
  Faults(World world, Options options, Consumer<String> happened, Runnable looked) {
    this(world, options, Disturbances.all(), happened, looked);
  }

  void heal() {
    options = options.healed();
    outages.rest();
  }

  /** Strikes again as those options say. */
  void strike(Options again) {
    options = again;
  }

  Outages outages() {
    return outages;
  }

  Options options() {
    return options;
  }

  <T> Observation<T> read(Service service, String what, Supplier<T> value) {
    if (outages.away(service)) {
      struck++;
      return Observation.unknown(what, "nothing answers");
    }
    return look(service != Service.CLUSTERS, what, value);
  }

  <T> Observation<T> read(String what, Supplier<T> value) {
    return look(true, what, value);
  }

  private <T> Observation<T> look(boolean atAws, String what, Supplier<T> value) {
    looking.run();
    if (strikes(options.blind(), "a read is cut")) {
      return Observation.unknown(what, "the answer was cut");
    }
    if (atAws) {
      answered.run();
    }
    return Observation.known(value.get());
  }

  /** Whether an answer is older than what it is about; reads are consistent after a while. */
  boolean stale(Instant written) {
    boolean stale =
        world.time.instant().isBefore(written.plus(CONSISTENT))
            && strikes(options.stale(), "an answer is older than the last write");
    deceived += stale ? 1 : 0;
    if (stale) {
      happened.accept("stale answer");
    }
    return stale;
  }

  /** A write: it may be refused, done, done without an answer, or done later. */
  Outcome write(Supplier<Outcome> effect) {
    world.pass(Duration.ofMillis(50));
    boundary("before the call");
    if (strikes(options.crash() / 2, "a crash before a write")) {
      happened.accept("crash");
      throw new Crash("before the call");
    }
    if (strikes(options.refused(), "a write is refused")) {
      return new Outcome.Refused("AccessDenied", "not now");
    }
    if (strikes(options.throttled(), "a write is throttled")) {
      return new Outcome.Throttled("Rate exceeded");
    }
    if (paused("the leader is paused at a write")) {
      return late(effect);
    }
    if (strikes(options.later(), "a write is done later")) {
      happened.accept("lost answer");
      world.time.after(
          Duration.ofMillis(200 + world.random.nextInt(20_000)),
          () -> {
            struck++;
            Outcome ignored = overdue(effect);
          });
      return new Outcome.Unclear("no answer in time");
    }
    Outcome outcome = effect.get();
    looked.run();
    boundary("after the call");
    if (strikes(options.crash() / 2, "a crash after a write")) {
      happened.accept("crash");
      throw new Crash("after the call");
    }
    if (strikes(options.lost(), "an answer is lost")) {
      happened.accept("lost answer");
      return new Outcome.Unclear("the connection was reset");
    }
    return outcome;
  }

  /**
   * The write of a leader that was paused while it made it: it arrives late, or its connection is
   * cut, as that of every call which takes longer than the core counts on.
   */
  private Outcome late(Supplier<Outcome> effect) {
    Instant begun = world.time.instant();
    pause();
    if (begun.plus(LONGEST_CALL).isBefore(world.time.instant())) {
      return new Outcome.Unclear("the connection was cut meanwhile");
    }
    return overdue(effect);
  }

  private Outcome overdue(Supplier<Outcome> effect) {
    world.late = true;
    Outcome outcome = effect.get();
    world.late = false;
    looked.run();
    return outcome;
  }

  private boolean paused(String what) {
    return !pausing && strikes(options.paused(), what);
  }

  private void pause() {
    happened.accept("paused leader");
    pausing = true;
    succeeded.run();
    pausing = false;
  }

  /** A save of the record: nothing, a crash before it, or after it. */
  void save(Runnable effect) {
    boundary("before the record");
    if (strikes(options.crash() / 4, "a crash before a save")) {
      happened.accept("crash");
      throw new Crash("before the record");
    }
    effect.run();
    boundary("after the record");
    if (paused("the leader is paused after a save")) {
      pause();
    }
    if (strikes(options.crash() / 4, "a crash after a save")) {
      happened.accept("crash");
      throw new Crash("after the record");
    }
  }

  private void boundary(String where) {
    boundaries++;
    if (boundaries == crashAt) {
      struck++;
      throw new Crash(where);
    }
  }

  private boolean strikes(double rate, String what) {
    boolean strikes = rate > 0 && world.random.nextDouble() < rate && disturbances.strikes(what);
    struck += strikes ? 1 : 0;
    return strikes;
  }
}

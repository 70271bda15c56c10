package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.simulator.Invariants.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * One seed from the first cluster to rest. First faults and interference while the invariants are
 * looked at; then everything is healed, and the last wish must come true within a bounded time and
 * stay.
 */
final class Simulation {

  static final int MOST_PASSES = 4_000;

  /** Passes that every world has, however few commits. */
  private static final int LEAST_PASSES = 20;

  /** Passes that follow the last commit under faults, at most. */
  private static final int LAST_PASSES = 80;

  /** So many quiet passes in a row are rest. */
  private static final int REST = 6;

  private static final Duration CONVERGE = Duration.ofHours(6);

  /** With windows every step may have to wait for hours. */
  private static final Duration CONVERGE_IN_WINDOWS = Duration.ofHours(36);

  final World world;
  final Invariants invariants;
  final Chronicle chronicle;
  final SimStore store;
  final Committer committer;
  final Controller controller;
  private final Interference others;
  private final Sickness sickness;
  private final SimGit git;
  private final SimClock clock;
  private final Options options;
  private final Faults faults;
  private final SplittableRandom random;
  private Optional<Throwable> thrown = Optional.empty();

  Simulation(Options options, boolean traced, UnaryOperator<Gateways> planted) {
    this(options, traced, planted, Disturbances.all());
  }

  Simulation(
      Options options, boolean traced, UnaryOperator<Gateways> planted, Disturbances disturbances) {
    this.options = options;
    this.random = new SplittableRandom(options.seed() ^ 0x9E3779B97F4A7C15L);
    this.world = new World(random.split());
    this.chronicle = new Chronicle(world, this::record, traced);
    this.invariants = new Invariants(world, this::record, this::wishes, this::known);
    this.faults = new Faults(world, options, disturbances, chronicle::happened, invariants::look);
    this.store = new SimStore(faults);
    this.store.listener = _ -> committed();
    Scene scene = new Scene(world, options, disturbances, random, chronicle, faults, store);
    this.sickness = new Sickness(world, options.seed(), options.judged());
    this.git = new SimGit(world, options);
    this.clock = new SimClock(world, options);
    SimMeters meters = new SimMeters(world, faults, sickness, options.seed());
    SimAsked asked = new SimAsked(world, faults, invariants, options.seed());
    JournalRules journal = new JournalRules(invariants::broken);
    this.store.kept =
        record -> {
          journal.saved(record);
          asked.kept(record);
        };
    CheckRules checks = checks(meters);
    AskedRules askedRules = new AskedRules(asked, world, this::record, invariants::broken);
    watch(checks, askedRules);
    Rulebook rules =
        new Rulebook(world, options, checks, invariants::broken, chronicle.sometimes::happened);
    Gateways gateways = planted.apply(SimGateways.of(world, faults, invariants, meters, asked));
    if (options.adopts()) {
      Optional<String> identifier = options.weighted() ? Optional.of("blue") : Optional.empty();
      world.before(identifier, options.dns(), options.alb());
    }
    this.others =
        new Interference(
            scene,
            () -> {
              checks.excused();
              askedRules.excused();
            });
    this.committer = others.committer;
    this.invariants.reshaped = committer::reshaped;
    this.controller = new Controller(scene, gateways, invariants, rules, git, clock, asked, others);
  }

  private CheckRules checks(SimMeters meters) {
    return new CheckRules(
        world,
        sickness,
        meters,
        this::record,
        options.judged() ? invariants::broken : _ -> {},
        chronicle.sometimes::happened);
  }

  /** Those who look on at every write. */
  private void watch(CheckRules checks, AskedRules askedRules) {
    invariants.with(new StepRules(world, this::record, invariants::broken));
    invariants.with(new EndRules(world, this::record, this::wish, invariants::broken));
    invariants.with(new TurnRules(world, this::record, this::wish, invariants::broken));
    invariants.with(
        new WindowRules(
            world,
            this::record,
            options.windows(),
            invariants::broken,
            chronicle.sometimes::happened));
    invariants.with(checks);
    invariants.with(new PeopleRules(world, this::record, invariants::broken));
    if (options.inquires()) {
      invariants.with(askedRules);
    }
    if (SampleChecks.of(options).contains(SampleChecks.LAG)) {
      SimLag lag = new SimLag(world, options.seed());
      invariants.with(new BeforeRules(world, lag, this::record, invariants::broken));
    }
  }

  static Simulation of(long seed, boolean traced) {
    return new Simulation(Options.draw(seed), traced, UnaryOperator.identity());
  }

  /** The same, of which only so much goes wrong. */
  static Simulation of(long seed, boolean traced, Disturbances disturbances) {
    return new Simulation(Options.draw(seed), traced, UnaryOperator.identity(), disturbances);
  }

  /** Commits as the seed drew them, undisturbed but for a crash at the k-th boundary, once. */
  static Simulation crashing(long seed, int k) {
    Simulation simulation =
        new Simulation(Options.draw(seed).undisturbed(), false, UnaryOperator.identity());
    simulation.faults.crashAt = k;
    return simulation;
  }

  /** A pass that believes its wish to the end: a bug that somebody could have written. */
  Simulation deaf() {
    controller.deaf();
    return this;
  }

  /** Effects and saves have a boundary before and one after. */
  int boundaries() {
    return faults.boundaries;
  }

  /** Moves that were begun. */
  int moves() {
    return chronicle.moves();
  }

  EnvironmentRecord record() {
    return store.record;
  }

  /** A commit that lowers or raises the mode may come in the middle of a pass. */
  private void committed() {
    committer.changeMode();
  }

  private Wishes wish() {
    return committer.wish();
  }

  private int wishes() {
    return committer.wishes();
  }

  private Mode known() {
    return controller.mode();
  }

  /** Runs to the end; answers the rule that was broken, or what else was thrown. */
  Optional<String> broken() {
    try {
      run();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(String.valueOf(violation.getMessage()));
    } catch (RuntimeException | AssertionError e) {
      thrown = Optional.of(e);
      return Optional.of(e.toString());
    }
  }

  /** What {@link #broken} ended with that is no rule: a defect, of the world or of the core. */
  Optional<Throwable> thrown() {
    return thrown;
  }

  /** Runs to the end; a broken rule is a {@link Violation}. */
  void run() {
    for (int passes = 1; committer.goesOn() || passes <= LEAST_PASSES; passes++) {
      committer.version();
      others.happens();
      boolean quiet = controller.tick();
      if (quiet && random.nextInt(4) == 0 && arrived()) {
        committer.hurries();
      }
      if (passes > MOST_PASSES) {
        break;
      }
    }
    // The last wish is given some time under faults.
    for (int i = random.nextInt(LAST_PASSES); i > 0; i--) {
      others.happens();
      controller.tick();
    }
    heal();
    converge();
    // Faults strike again, and nobody is at work beside them.
    faults.strike(options);
    others.ends();
    Endings endings = new Endings(this, options);
    if (options.ends()) {
      endings.decommission();
    } else {
      endings.handOver();
    }
  }

  private void heal() {
    faults.heal();
    sickness.heal();
    others.rest();
    git.rest();
    clock.rest();
  }

  /** The last wish is true. */
  private boolean arrived() {
    return new AtRest(world, options).under(record(), wish());
  }

  private void converge() {
    Duration most = options.windows().isEmpty() ? CONVERGE : CONVERGE_IN_WINDOWS;
    Instant deadline = world.time.instant().plus(most);
    int still = 0;
    while (still < REST) {
      if (!world.time.instant().isBefore(deadline)) {
        throw new Violation("did not come to rest: " + state());
      }
      committer.approve();
      others.operator.triesAgain();
      others.operator.givesUpWhatIsLost();
      boolean quiet = controller.tick();
      still = quiet && arrived() ? still + 1 : 0;
    }
    chronicle.sometimes.happened("came to rest in " + chronicle.phase());
  }

  String state() {
    return "phase %s, web %s, api %s, clusters %s, wanted %s, holds %s"
        .formatted(
            chronicle.phase(),
            world.dns.sides(),
            world.alb.sides(),
            record().clusters().values().stream().map(c -> c.name() + " " + c.life()).toList(),
            wish().version(),
            record().holds());
  }
}

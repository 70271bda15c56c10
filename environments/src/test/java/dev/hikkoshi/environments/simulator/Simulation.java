package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.simulator.Invariants.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

  /** After so long without its holder a lease is another's. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** At most so many passes a successor makes before the one before wakes. */
  private static final int SUCCESSION = 40;

  /** A process that died is started again. */
  private static final Duration RESTART = Duration.ofSeconds(3);

  private static final Duration CONVERGE = Duration.ofHours(6);

  /** With windows every step may have to wait for hours. */
  private static final Duration CONVERGE_IN_WINDOWS = Duration.ofHours(36);

  final World world;
  final Invariants invariants;
  final Chronicle chronicle;
  final SimStore store;
  final Committer committer;
  private final Scene scene;
  private final Rulebook rules;
  private final Operator operator;
  private final Mishaps mishaps;
  private final People people;
  private final Sickness sickness;
  private final Pace pace;
  private final SimAsked asked;
  private final SimGit git;
  private final SimClock clock;
  private final Options options;
  private final Disturbances disturbances;
  private final Faults faults;
  private final SplittableRandom random;
  private final Gateways gateways;
  private Pass pass;
  private long ticks;
  private boolean deaf;
  private Optional<Throwable> thrown = Optional.empty();

  /** The number of the newest leadership, and that of the process which runs now. */
  private int epoch;

  private int running;

  /** Git and people are not at work any more. */
  private boolean alone;

  /** The machine slept in this pass, and the world went on. */
  private boolean slept;

  /** The last pass was told of what is not so any more: what it said was about that. */
  private boolean deceived;

  private long deceivedUntilNow;

  /** Faults until the end of the last pass: a late effect may strike between two. */
  private long struckUntilNow;

  Simulation(Options options, boolean traced, UnaryOperator<Gateways> planted) {
    this(options, traced, planted, Disturbances.all());
  }

  Simulation(
      Options options, boolean traced, UnaryOperator<Gateways> planted, Disturbances disturbances) {
    this.options = options;
    this.disturbances = disturbances;
    this.random = new SplittableRandom(options.seed() ^ 0x9E3779B97F4A7C15L);
    this.world = new World(random.split());
    this.chronicle = new Chronicle(world, this::record, traced);
    this.invariants = new Invariants(world, this::record, this::wishes, this::known);
    this.invariants.leads = () -> running == epoch;
    this.faults = new Faults(world, options, disturbances, chronicle::happened, invariants::look);
    this.faults.succeeded = this::succession;
    this.faults.looking = this::sleep;
    this.store = new SimStore(faults);
    this.store.listener = _ -> committed();
    JournalRules journal = new JournalRules(invariants::broken);
    this.store.kept =
        record -> {
          journal.saved(record);
          heard(record);
        };
    this.scene = new Scene(world, options, disturbances, random, chronicle, faults, store);
    this.sickness = new Sickness(world, options.seed(), options.judged());
    this.people = new People(world, options);
    this.pace = new Pace(scene);
    this.git = new SimGit(world, options);
    this.clock = new SimClock(world, options);
    this.faults.answered = clock::answered;
    SimMeters meters = new SimMeters(world, faults, sickness, options.seed());
    this.asked = new SimAsked(world, faults, invariants, options.seed());
    CheckRules checks = checks(meters);
    AskedRules askedRules = new AskedRules(asked, world, this::record, invariants::broken);
    watch(checks, askedRules);
    if (SampleChecks.of(options).contains(SampleChecks.LAG)) {
      SimLag lag = new SimLag(world, options.seed());
      invariants.with(new BeforeRules(world, lag, this::record, invariants::broken));
    }
    this.rules =
        new Rulebook(world, options, checks, invariants::broken, chronicle.sometimes::happened);
    this.gateways = planted.apply(SimGateways.of(world, faults, invariants, meters, asked));
    this.pass = start();
    if (options.adopts()) {
      Optional<String> identifier = options.weighted() ? Optional.of("blue") : Optional.empty();
      world.before(identifier, options.dns(), options.alb());
    }
    this.committer = new Committer(scene);
    this.invariants.reshaped = committer::reshaped;
    this.mishaps = new Mishaps(scene);
    this.operator =
        new Operator(
            scene,
            committer,
            people,
            () -> {
              checks.excused();
              askedRules.excused();
            });
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
    deaf = true;
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

  /** Passes that were begun. */
  long passes() {
    return ticks;
  }

  EnvironmentRecord record() {
    return store.record;
  }

  private void heard(EnvironmentRecord record) {
    asked.kept(record);
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

  /** The mode that the controller can know of. */
  private Mode known() {
    return git.mode(committer.mode());
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
      interfere();
      boolean quiet = tick();
      if (quiet && random.nextInt(4) == 0 && arrived()) {
        committer.hurries();
      }
      if (passes > MOST_PASSES) {
        break;
      }
    }
    // The last wish is given some time under faults.
    for (int i = random.nextInt(LAST_PASSES); i > 0; i--) {
      interfere();
      tick();
    }
    heal();
    converge();
    // Faults strike again, and nobody is at work beside them.
    faults.strike(options);
    alone = true;
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
    people.rest();
    mishaps.rest();
    git.rest();
    clock.rest();
    committer.acts();
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
      operator.triesAgain();
      operator.givesUpWhatIsLost();
      boolean quiet = tick();
      still = quiet && arrived() ? still + 1 : 0;
    }
    chronicle.sometimes.happened("came to rest in " + chronicle.phase());
  }

  private void interfere() {
    committer.changeMode();
    committer.app();
    mishaps.happen();
    operator.orders();
    if (options.approves() && random.nextInt(50) == 0) {
      committer.approve();
    }
  }

  /** A process that leads: nothing of the one before is left in it. */
  private Pass start() {
    int mine = ++epoch;
    asked.forgotten();
    clock.starts(disturbances).ifPresent(text -> chronicle.turned("wrong clock", text));
    return new Pass(
        gateways, new Observer(gateways, Runnable::run), store, clock, () -> mine == epoch);
  }

  private void sleep() {
    clock
        .sleeps(disturbances)
        .ifPresent(
            text -> {
              faults.struck++;
              chronicle.turned("wrong clock", text);
              slept = true;
              if (!alone) {
                interfere();
              }
            });
  }

  /**
   * The leader stops in the middle of a pass until its lease is another's, who goes on leading. The
   * one before wakes in the place where it stopped, and knows nothing of it.
   */
  private void succession() {
    int stopped = running;
    Duration wrong = clock.wrong();
    chronicle.event("the leader stops, and another one leads");
    world.pass(LEASE);
    pass = start();
    if (!alone && committer.mayAsk() && random.nextInt(4) == 0) {
      committer.anotherVersion();
    }
    for (int i = random.nextInt(SUCCESSION); i > 0; i--) {
      if (!alone) {
        interfere();
      }
      tick();
    }
    running = stopped;
    clock.wrong(wrong);
    chronicle.event("the leader before wakes");
  }

  /** One pass, and time until the next. Answers whether nothing was done or decided. */
  boolean tick() {
    ticks++;
    operator.looks();
    people.freeze().ifPresent(word -> chronicle.turned("freeze", "person: " + word));
    faults.outages().turn(disturbances).ifPresent(text -> chronicle.turned("outage", text));
    git.turn(disturbances).ifPresent(text -> chronicle.turned("Git gone", text));
    int mine = epoch;
    running = mine;
    slept = false;
    try {
      return passes(mine);
    } catch (RecordException refused) {
      if (mine == epoch && !slept) {
        throw refused;
      }
      return refused(mine, String.valueOf(refused.getMessage()));
    } catch (Faults.Crash crash) {
      chronicle.event("crash " + crash.getMessage());
      broken(invariants.found());
      world.pass(RESTART);
      pass = start();
      return false;
    }
  }

  private boolean passes(int mine) {
    EnvironmentRecord before = record();
    // What somebody does while a machine sleeps in its look is for the pass after this one.
    boolean news = chronicle.touched;
    chronicle.touched = false;
    // The wish is of the mode now; it may be another before the pass is over.
    long struck = faults.struck;
    Instant looked = world.time.instant();
    Duration wrong = clock.wrong();
    Wish now = git.read(wish().mode(committer.mode()));
    Pass.Report report = deaf ? pass.run(now) : pass.run(now, this::known);
    broken(invariants.found());
    if (mine != epoch) {
      chronicle.sometimes.happened("late leader stops");
      return deposed("its pass ends");
    }
    chronicle.noted(before, report);
    operator.consents(report.plan());
    boolean struckNow = struck != faults.struck;
    boolean deceivedNow = faults.deceived != deceivedUntilNow;
    // A commit may have raised the mode only while the machine slept in the look.
    boolean acts =
        known() == Mode.ACT && now.desired().filter(d -> d.mode() == Mode.ACT).isPresent();
    boolean calm =
        !struckNow
            && acts
            && clock.wrong().equals(wrong)
            && !news
            && !chronicle.touched
            && !deceived
            && faults.struck == struckUntilNow;
    // It was planned after the look, in which the clock may have been put right.
    Instant began = looked.plus(clock.wrong());
    rules.after(new Rulebook.Over(now, before, report, began, acts, struckNow, deceivedNow, calm));
    deceived = deceivedNow;
    deceivedUntilNow = faults.deceived;
    struckUntilNow = faults.struck;
    boolean blind = blind(now, report.plan());
    chronicle.touched |= news && blind;
    asked.over(blind);
    boolean busy = report.busy(before);
    world.pass(busy ? Pace.SOON : pace.after(report.plan(), struckNow, somebody()));
    return !busy;
  }

  /** It was not judged what somebody did: the environment itself could not be seen. */
  private static boolean blind(Wish wish, Plan plan) {
    return plan.waits().stream()
        .anyMatch(w -> w.kind() == Wait.Kind.UNKNOWN && w.subject().equals(wish.environment()));
  }

  private static void broken(Optional<Violation> found) {
    if (found.isPresent()) {
      throw found.get();
    }
  }

  /** What a pass decided was not kept: somebody else wrote the record meanwhile. */
  private boolean refused(int mine, String why) {
    if (mine != epoch) {
      chronicle.sometimes.happened("late leader's save is refused");
      return deposed(why);
    }
    chronicle.event("somebody gave an order meanwhile: " + why);
    world.pass(Pace.SOON);
    return false;
  }

  /** A process that another one succeeded has done what it still could. */
  private boolean deposed(String why) {
    chronicle.event("the leader before: " + why);
    broken(invariants.found());
    world.pass(Pace.SOON);
    return false;
  }

  /** When anybody does anything next. */
  private Stream<Instant> somebody() {
    Stream<Instant> theirs = Stream.of(faults.outages().next(), git.next(), clock.next());
    return Stream.of(committer.due(), mishaps.due(), operator.due(), theirs).flatMap(s -> s);
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

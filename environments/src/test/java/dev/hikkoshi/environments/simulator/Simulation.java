package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.simulator.Invariants.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One seed from the first cluster to rest. First faults and interference while the invariants are
 * looked at; then everything is healed, and the last wish must come true within a bounded time and
 * stay.
 */
final class Simulation {

  static final int MOST_PASSES = 4_000;

  /** So often nobody waits for anything that is known to come. */
  private static final int ODD = 6;

  /** The longest time that passes at once, whatever nobody waits for. */
  private static final Duration LONG = Duration.ofMinutes(5);

  /** So often something new is counted. */
  private static final Duration METRICS = Duration.ofSeconds(30);

  /** So long after a hold a person looks at it. */
  private static final Duration LOOKS = Duration.ofMinutes(2);

  /** After so long without its holder a lease is another's. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** At most so many passes a successor makes before the one before wakes. */
  private static final int SUCCESSION = 40;

  private static final Duration CONVERGE = Duration.ofHours(6);

  /** With windows every step may have to wait for hours. */
  private static final Duration CONVERGE_IN_WINDOWS = Duration.ofHours(36);

  private static final List<String> VERSIONS = List.of("1.36", "1.37", "1.38", "1.39");

  final World world;
  final Invariants invariants;
  final Chronicle chronicle;
  final SimStore store;
  private final ReturnRules returns;
  private final ExplainRules explained;
  private final CheckRules checks;
  private final AskedRules asked;
  private final People people;
  private final Stranger stranger;
  private final Sickness sickness;
  private final NameTaker names;
  private final NameRules nameRules;
  private final SimGit git;
  private final GitRules gitRules;
  private final SilenceRules silence;
  private final HomeRules homes;
  private final SimClock clock;
  private final Options options;
  private final Disturbances disturbances;
  private final Faults faults;
  private final SplittableRandom random;

  /** Its own, so that worlds in which nobody scales are what they were. */
  private final SplittableRandom scales;

  private final Gateways gateways;
  private Pass pass;
  private Wishes wish;
  private int wishes = 1;
  private int apps = 1;
  private long ticks;
  private Mode mode = Mode.ACT;
  private boolean deaf;
  private Optional<Throwable> thrown = Optional.empty();

  /** The number of the newest leadership, and that of the process which runs now. */
  private int epoch;

  private int running;

  /** Git and people are not at work any more. */
  private boolean alone;

  /** Somebody did something since the last pass. */
  private boolean touched;

  /** The machine slept in this pass, and the world went on. */
  private boolean slept;

  /** The last pass was told of what is not so any more: what it said was about that. */
  private boolean deceived;

  private long deceivedUntilNow;

  /** Faults until the end of the last pass: a late effect may strike between two. */
  private long struckUntilNow;

  private Instant nextWish;
  private Instant nextApp;
  private Instant nextForeign;
  private Instant nextSick;
  private Instant nextOrder;

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
    this.invariants = new Invariants(world, this::record, () -> wishes, this::known);
    this.invariants.with(new StepRules(world, this::record, invariants::broken));
    this.invariants.with(new EndRules(world, this::record, () -> wish, invariants::broken));
    this.invariants.with(new TurnRules(world, this::record, () -> wish, invariants::broken));
    this.invariants.with(
        new WindowRules(
            world,
            this::record,
            options.windows(),
            invariants::broken,
            chronicle.sometimes::happened));
    this.explained = new ExplainRules(invariants::broken);
    this.stranger = new Stranger(world, options, random);
    this.names = new NameTaker(world, options, this::record, VERSIONS);
    this.nameRules = new NameRules(world, invariants::broken, chronicle.sometimes::happened);
    this.returns = new ReturnRules(world, options, invariants::broken);
    this.faults = new Faults(world, options, disturbances, chronicle::happened, invariants::look);
    this.faults.succeeded = this::succession;
    this.invariants.leads = () -> running == epoch;
    this.store = new SimStore(faults);
    this.store.listener = _ -> changeMode();
    this.store.kept = new JournalRules(invariants::broken)::saved;
    this.sickness = new Sickness(world, options.seed(), options.judged());
    SimMeters meters = new SimMeters(world, faults, sickness, options.seed());
    this.checks =
        new CheckRules(
            world,
            sickness,
            meters,
            this::record,
            options.judged() ? invariants::broken : _ -> {},
            chronicle.sometimes::happened);
    this.invariants.with(checks);
    this.invariants.with(new PeopleRules(world, this::record, invariants::broken));
    this.people = new People(world, options);
    this.git = new SimGit(world, options);
    this.gitRules = new GitRules(invariants::broken);
    this.silence = new SilenceRules(invariants::broken);
    this.homes = new HomeRules(world, invariants::broken);
    this.clock = new SimClock(world, options);
    this.faults.looking = this::sleep;
    this.faults.answered = clock::answered;
    SimAsked asked = new SimAsked(world, faults, invariants, options.seed());
    this.asked = new AskedRules(asked, world, this::record, invariants::broken);
    if (options.inquires()) {
      this.invariants.with(this.asked);
    }
    this.gateways = planted.apply(SimGateways.of(world, faults, invariants, meters, asked));
    this.pass = start();
    this.wish = Wishes.of(options);
    if (options.adopts()) {
      Optional<String> identifier = options.weighted() ? Optional.of("blue") : Optional.empty();
      world.before(identifier, options.dns(), options.alb());
    }
    Instant now = world.instant();
    nextWish = now.plus(options.wishEvery());
    nextApp = later(options.appEvery());
    nextForeign = later(options.foreignEvery());
    nextSick = later(options.sickEvery());
    scales = new SplittableRandom(options.seed() ^ 0x5CA1E);
    nextOrder = later(options.ordersEvery());
  }

  static Simulation of(long seed, boolean traced) {
    return new Simulation(Options.draw(seed), traced, UnaryOperator.identity());
  }

  /** Commits as the seed drew them, undisturbed but for a crash at the k-th boundary, once. */
  static Simulation crashing(long seed, int k) {
    Simulation simulation =
        new Simulation(Options.draw(seed).undisturbed(), false, UnaryOperator.identity());
    simulation.faults.crashAt = k;
    return simulation;
  }

  /** Effects and saves have a boundary before and one after. */
  int boundaries() {
    return faults.boundaries;
  }

  EnvironmentRecord record() {
    return store.record;
  }

  /** A process that leads: nothing of the one before is left in it. */
  private Pass start() {
    int mine = ++epoch;
    clock.starts(disturbances).ifPresent(text -> turned("wrong clock", text));
    return new Pass(
        gateways, new Observer(gateways, Runnable::run), store, clock, () -> mine == epoch);
  }

  private void sleep() {
    clock
        .sleeps(disturbances)
        .ifPresent(
            text -> {
              faults.struck++;
              turned("wrong clock", text);
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
    event("the leader stops, and another one leads");
    world.pass(LEASE);
    pass = start();
    if (!alone && begun() && random.nextInt(4) == 0) {
      anotherWish();
    }
    for (int i = random.nextInt(SUCCESSION); i > 0; i--) {
      if (!alone) {
        interfere();
      }
      tick();
    }
    running = stopped;
    clock.wrong(wrong);
    event("the leader before wakes");
  }

  /** A pass that believes its wish to the end: a bug that somebody could have written. */
  Simulation deaf() {
    deaf = true;
    return this;
  }

  /** Moves that were begun. */
  int moves() {
    return chronicle.moves();
  }

  /** The same, of which only so much goes wrong. */
  static Simulation of(long seed, boolean traced, Disturbances disturbances) {
    return new Simulation(Options.draw(seed), traced, UnaryOperator.identity(), disturbances);
  }

  /** Passes that were begun. */
  long passes() {
    return ticks;
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
    int wanted = options.wishes();
    int passes = 0;
    while (wanted > 0 || passes < 20) {
      if (world.past(nextWish) && wanted > 0 && begun()) {
        wanted--;
        nextWish = world.instant().plus(options.wishEvery());
        if (disturbances.strikes("a commit of another version")) {
          anotherWish();
        }
      }
      interfere();
      boolean quiet = tick();
      if (quiet && random.nextInt(4) == 0 && arrived()) {
        nextWish = world.instant();
      }
      if (++passes > MOST_PASSES) {
        break;
      }
    }
    // The last wish is given some time under faults.
    for (int i = random.nextInt(80); i > 0; i--) {
      interfere();
      tick();
    }
    faults.heal();
    sickness.heal();
    people.rest();
    names.rest();
    git.rest();
    clock.rest();
    acts();
    for (World.Cluster c : world.clusters.values()) {
      c.sick = false;
      c.pods = World.PODS;
    }
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

  /** The last wish is true. */
  private boolean arrived() {
    return new AtRest(world, options).under(record(), wish);
  }

  /** A commit says so. */
  void commit(Wishes next, String text) {
    wish = next;
    event("commit: " + text);
  }

  Wishes wish() {
    return wish;
  }

  /** Whoever lowered the mode raises it again. */
  void acts() {
    mode = Mode.ACT;
    touched = true;
  }

  /** While a cluster is not adopted as it is, a commit that asks for another is refused. */
  private boolean begun() {
    return !options.adopts() || record().cluster(Wishes.LEGACY).isPresent();
  }

  private void converge() {
    Duration most = options.windows().isEmpty() ? CONVERGE : CONVERGE_IN_WINDOWS;
    Instant deadline = world.instant().plus(most);
    int still = 0;
    while (still < 6) {
      if (!world.instant().isBefore(deadline)) {
        throw new Violation("did not come to rest: " + state());
      }
      approve();
      tryAgain();
      another();
      boolean quiet = tick();
      still = quiet && arrived() ? still + 1 : 0;
    }
    chronicle.sometimes.happened("came to rest in " + chronicle.phase());
  }

  /** A person approves what is left over, in most worlds. */
  private void approve() {
    if (!options.approves() && record().existing() < 3) {
      return;
    }
    Set<String> old = new TreeSet<>();
    for (ClusterRecord c : record().clusters().values()) {
      boolean over =
          c.life() instanceof ClusterLife.Drained
              || c.life() instanceof ClusterLife.Abandoned
              || c.life() instanceof ClusterLife.Retiring;
      if (over) {
        old.add(c.name());
      }
    }
    if (!wish.approved().containsAll(old)) {
      Set<String> all = new TreeSet<>(wish.approved());
      all.addAll(old);
      wish = wish.approved(all);
      event("commit: approve " + old);
    }
  }

  /** One pass, and time until the next. Answers whether nothing was done or decided. */
  boolean tick() {
    ticks++;
    person();
    people.freeze().ifPresent(word -> said("freeze", word));
    faults.outages().turn(disturbances).ifPresent(text -> turned("outage", text));
    git.turn(disturbances).ifPresent(text -> turned("Git gone", text));
    EnvironmentRecord before = record();
    int mine = epoch;
    running = mine;
    slept = false;
    // What somebody does while a machine sleeps in its look is for the pass after this one.
    boolean news = touched;
    touched = false;
    try {
      // The wish is of the mode now; it may be another before the pass is over.
      long struck = faults.struck;
      Instant looked = world.instant();
      Duration wrong = clock.wrong();
      Wish now = git.read(wish.mode(mode));
      Pass.Report report = deaf ? pass.run(now) : pass.run(now, this::known);
      if (invariants.found().isPresent()) {
        throw invariants.found().get();
      }
      if (mine != epoch) {
        chronicle.sometimes.happened("late leader stops");
        return deposed("its pass ends");
      }
      chronicle.noted(before, report);
      consent(report.plan());
      boolean calm = struck == faults.struck && known() == Mode.ACT;
      returns.after(before, record(), calm, faults.deceived != deceivedUntilNow);
      checks.after(before, record());
      boolean timely = clock.wrong().equals(wrong);
      boolean asSaid =
          calm && timely && !news && !touched && !deceived && faults.struck == struckUntilNow;
      deceived = faults.deceived != deceivedUntilNow;
      deceivedUntilNow = faults.deceived;
      // It was planned after the look, in which the clock may have been put right.
      Instant began = looked.plus(clock.wrong());
      explained.after(now, before, report, began, known() == Mode.ACT, asSaid);
      nameRules.after(report, asSaid);
      gitRules.after(now, before, report);
      boolean stands = asSaid && known() == Mode.ACT && !report.busy(before);
      silence.after(now, before, report, stands);
      homes.after(record(), report.plan(), asSaid && known() == Mode.ACT, stands);
      touched = touched || news && blind(now, report.plan());
      struckUntilNow = faults.struck;
      boolean busy = report.busy(before);
      boolean struckNow = struck != faults.struck;
      Duration wait = busy ? Duration.ofSeconds(1) : idle(report.plan(), struckNow);
      world.pass(wait);
      return !busy;
    } catch (RecordException refused) {
      if (mine == epoch && slept) {
        event("somebody gave an order meanwhile: " + refused.getMessage());
        world.pass(Duration.ofSeconds(1));
        return false;
      }
      if (mine == epoch) {
        throw refused;
      }
      chronicle.sometimes.happened("late leader's save is refused");
      return deposed(String.valueOf(refused.getMessage()));
    } catch (Faults.Crash crash) {
      event("crash " + crash.getMessage());
      if (invariants.found().isPresent()) {
        throw invariants.found().get();
      }
      world.pass(Duration.ofSeconds(3));
      pass = start();
      return false;
    }
  }

  /** It was not judged what somebody did: the environment itself could not be seen. */
  private static boolean blind(Wish wish, Plan plan) {
    return plan.waits().stream()
        .anyMatch(w -> w.kind() == Wait.Kind.UNKNOWN && w.subject().equals(wish.environment()));
  }

  /** A process that another one succeeded has done what it still could. */
  private boolean deposed(String why) {
    event("the leader before: " + why);
    if (invariants.found().isPresent()) {
      throw invariants.found().get();
    }
    world.pass(Duration.ofSeconds(1));
    return false;
  }

  /** The mode that the controller can know of. */
  private Mode known() {
    return git.mode(mode);
  }

  /**
   * A pass that did and decided nothing is followed by the next one at which anything can be
   * different: what the plan waits for, what the world is about to do, what somebody will do. Some
   * follow at odd times all the same, as all of them do in a process that polls; so do those that
   * were disturbed.
   */
  private Duration idle(Plan plan, boolean disturbed) {
    boolean odd = disturbed || random.nextInt(ODD) == 0;
    boolean measures = plan.waits().stream().anyMatch(w -> w.kind() == Wait.Kind.UNKNOWN);
    Duration most = odd ? options.poll() : measures ? METRICS : LONG;
    Instant next =
        Stream.of(
                world.instant().plus(most),
                plan.next().orElse(Instant.MAX),
                world.next().orElse(Instant.MAX),
                faults.options().wishes() == 0 ? Instant.MAX : somebody())
            .min(Instant::compareTo)
            .orElseThrow();
    Duration until = Duration.between(world.instant(), next);
    Duration second = Duration.ofSeconds(1);
    return until.compareTo(second) < 0 ? second : until;
  }

  /** When the next person, commit or illness comes. */
  private Instant somebody() {
    return Stream.of(
            nextWish,
            nextApp,
            nextForeign,
            nextSick,
            nextOrder,
            lifted(),
            people.next(),
            faults.outages().next(),
            git.next(),
            names.next(),
            clock.next())
        .filter(at -> !world.past(at))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** When a person looks at what holds. */
  private Instant lifted() {
    return record().holds().stream()
        .map(hold -> hold.since().plus(LOOKS))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** Somebody or something interferes: what was said before need not happen any more. */
  void event(String text) {
    touched = true;
    chronicle.say(text);
  }

  String state() {
    return "phase %s, web %s, api %s, clusters %s, wanted %s, holds %s"
        .formatted(
            chronicle.phase(),
            world.dnsSides(),
            world.albSides(),
            record().clusters().values().stream().map(c -> c.name() + " " + c.life()).toList(),
            wish.version(),
            record().holds());
  }

  /** A person looks after a while and lifts holds; foreign weights are accepted. */
  private void person() {
    List<Hold> old =
        record().holds().stream()
            .filter(h -> !h.since().plus(LOOKS).isAfter(world.instant()))
            .toList();
    if (old.isEmpty()) {
      return;
    }
    // Whoever resumes looks at all that holds, also at what has only just begun to.
    boolean foreign =
        record().holds().stream().anyMatch(h -> h.reason() == Hold.Reason.FOREIGN_WRITE);
    checks.excused();
    asked.excused();
    event("person resumes " + old);
    Resume resume = new Resume("miyake", "looked at it", foreign, world.instant());
    store.put(resume.on(record()));
  }

  /** A part of the world goes away or answers again. */
  private void turned(String what, String text) {
    chronicle.happened(what);
    event(text);
  }

  private void said(String what, String text) {
    chronicle.happened(what);
    event("person: " + text);
  }

  /** A step that asks for a person gets one. */
  private void consent(Plan plan) {
    people
        .approve(record(), plan)
        .ifPresent(
            order -> {
              store.put(order.on(record()));
              said("approval", order.toString());
            });
  }

  /** A person who brings traffic home, or holds it, without a commit. */
  private void order() {
    if (!world.past(nextOrder)) {
      return;
    }
    nextOrder = later(options.ordersEvery());
    Order order =
        random.nextInt(3) == 0
            ? new StandStill("miyake", "let me look", world.instant())
            : new GoHome("miyake", "it looks wrong", world.instant());
    if (order.refusal(record()).isEmpty() && disturbances.strikes("a person's order")) {
      chronicle.happened(order instanceof GoHome ? "return by command" : "hold by command");
      store.put(order.on(record()));
      event("person: " + order);
    }
  }

  /** In the end somebody wants even that tried again which was bad. */
  private void tryAgain() {
    boolean wanted =
        record().bad().keySet().stream()
            .anyMatch(c -> record().cluster(c).filter(this::isWanted).isPresent());
    if (wanted) {
      Resume resume = new Resume("miyake", "it was not that", false, false, true, world.instant());
      store.put(resume.on(record()));
      wishes++;
      event("person: try again");
    }
  }

  /**
   * What somebody deleted is not built again by itself: a commit asks for another cluster. Where
   * one does already, and waits for the end of a move that has none, a person goes home from it.
   */
  private void another() {
    Optional<MoveRecord> move =
        record().move().filter(m -> !m.returning() && world.namesakes.lost(m.to()).isPresent());
    if (move.isEmpty()) {
      return;
    }
    if (move.map(MoveRecord::to).flatMap(record()::cluster).filter(this::isWanted).isPresent()) {
      anotherWish();
      return;
    }
    GoHome home = new GoHome("miyake", "somebody deleted it", world.instant());
    if (home.refusal(record()).isEmpty()) {
      store.put(home.on(record()));
      event("person: " + home);
    }
  }

  private boolean isWanted(ClusterRecord cluster) {
    return cluster.version().equals(wish.version());
  }

  void anotherWish() {
    nextWish = world.instant().plusSeconds(30 + random.nextInt(2_400));
    List<String> others = VERSIONS.stream().filter(v -> !v.equals(wish.version())).toList();
    Optional<String> home =
        record()
            .move()
            .flatMap(MoveRecord::from)
            .flatMap(record()::cluster)
            .map(ClusterRecord::version);
    boolean back =
        home.filter(v -> !v.equals(wish.version())).isPresent() && random.nextInt(3) != 0;
    String next = back ? home.orElseThrow() : others.get(random.nextInt(others.size()));
    wishes++;
    if (record().clusters().values().stream().anyMatch(c -> c.version().equals(next))) {
      chronicle.happened("revert");
    }
    wish = wish.version(next);
    event("commit: version " + next);
    if (options.approves() && random.nextInt(2) == 0) {
      approve();
    }
  }

  private void interfere() {
    changeMode();
    if (world.past(nextApp)) {
      nextApp = later(options.appEvery());
      if (disturbances.strikes("a commit of an app")) {
        wish = wish.app("a" + ++apps);
        event("commit: app " + apps);
        reshape();
      }
    }
    if (world.past(nextSick)) {
      nextSick = later(options.sickEvery());
      if (disturbances.strikes("pods fail or are well again")) {
        fallIll();
      }
    }
    if (world.past(nextForeign)) {
      nextForeign = later(options.foreignEvery());
      if (disturbances.strikes("a stranger's write") && stranger.writes()) {
        chronicle.happened("foreign write");
        event("foreign: web " + world.dnsSides() + ", api " + world.albSides());
      }
    }
    names.acts(disturbances).ifPresent(text -> turned("names used", "stranger: " + text));
    order();
    if (options.approves() && random.nextInt(50) == 0) {
      approve();
    }
  }

  /** Every third commit is also about node groups, add-ons and access entries. */
  private void reshape() {
    if (options.reshapes() && apps % 3 == 0) {
      wish = wish.more(!wish.more());
      invariants.reshaped = true;
      chronicle.happened("cluster file changed");
      event("commit: " + (wish.more() ? "more" : "less") + " in the cluster file");
    }
  }

  private void fallIll() {
    for (World.Cluster c : world.clusters.values()) {
      c.sick = random.nextInt(3) == 0;
      c.pods = scales.nextInt(4) == 0 ? 1 + scales.nextInt(World.PODS - 1) : World.PODS;
    }
    event("sick: " + names(c -> c.sick) + ", scaled down: " + names(c -> c.pods < World.PODS));
  }

  private List<String> names(Predicate<World.Cluster> which) {
    return world.clusters.values().stream().filter(which).map(c -> c.name).toList();
  }

  /**
   * Commits lower the mode and raise it again; some arrive while a pass is at work, between the
   * record of an intent and its effect.
   */
  void changeMode() {
    boolean lower = mode == Mode.ACT;
    double rate = faults.options().lowered() * (lower ? 1 : 20);
    if (rate > 0
        && world.random.nextDouble() < rate
        && (!lower || disturbances.strikes("a commit that lowers the mode"))) {
      mode = lower ? Mode.values()[world.random.nextInt(2)] : Mode.ACT;
      chronicle.happened(lower ? "mode lowered" : "mode raised");
      event("commit: mode " + mode);
    }
  }

  private Instant later(Duration every) {
    return every.isZero()
        ? Instant.MAX
        : world.instant().plusMillis(1 + random.nextLong(2 * every.toMillis()));
  }
}

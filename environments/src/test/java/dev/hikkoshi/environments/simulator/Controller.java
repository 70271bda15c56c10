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
import java.util.stream.Stream;

/**
 * The controller: one process leads after the other, each makes passes until it dies or another one
 * takes over, and what a pass told and came to is held against the rules.
 */
final class Controller {

  /** After so long without its holder a lease is another's. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** At most so many passes a successor makes before the one before wakes. */
  private static final int SUCCESSION = 40;

  /** A process that died is started again. */
  private static final Duration RESTART = Duration.ofSeconds(3);

  private final Scene scene;
  private final World world;
  private final Chronicle chronicle;
  private final Faults faults;
  private final Gateways gateways;
  private final Invariants invariants;
  private final Rulebook rules;
  private final SimGit git;
  private final SimClock clock;
  private final SimAsked asked;
  private final Interference others;
  private final Pace pace;
  private Pass pass;
  private long ticks;
  private boolean deaf;

  /** The number of the newest leadership, and that of the process which runs now. */
  private int epoch;

  private int running;

  /** The machine slept in this pass, and the world went on. */
  private boolean slept;

  /** The last pass was told of what is not so any more: what it said was about that. */
  private boolean deceived;

  private long deceivedUntilNow;

  /** Faults until the end of the last pass: a late effect may strike between two. */
  private long struckUntilNow;

  Controller(
      Scene scene,
      Gateways gateways,
      Invariants invariants,
      Rulebook rules,
      SimGit git,
      SimClock clock,
      SimAsked asked,
      Interference others) {
    this.scene = scene;
    this.world = scene.world();
    this.chronicle = scene.chronicle();
    this.faults = scene.faults();
    this.gateways = gateways;
    this.invariants = invariants;
    this.rules = rules;
    this.git = git;
    this.clock = clock;
    this.asked = asked;
    this.others = others;
    this.pace = new Pace(scene);
    this.pass = start();
    this.invariants.leads = () -> running == epoch;
    this.faults.succeeded = this::succession;
    this.faults.looking = this::sleep;
    this.faults.answered = clock::answered;
  }

  /** Passes that were begun. */
  long passes() {
    return ticks;
  }

  /** It believes its wish to the end of a pass: a bug that somebody could have written. */
  void deaf() {
    deaf = true;
  }

  /** The mode that it can know of. */
  Mode mode() {
    return git.mode(others.committer.mode());
  }

  /** A process that leads: nothing of the one before is left in it. */
  private Pass start() {
    int mine = ++epoch;
    asked.forgotten();
    clock.starts(scene.disturbances()).ifPresent(text -> chronicle.turned("wrong clock", text));
    return new Pass(
        gateways, new Observer(gateways, Runnable::run), scene.store(), clock, () -> mine == epoch);
  }

  private void sleep() {
    clock
        .sleeps(scene.disturbances())
        .ifPresent(
            text -> {
              faults.struck++;
              chronicle.turned("wrong clock", text);
              slept = true;
              others.happens();
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
    others.whileNobodyLeads();
    for (int i = scene.random().nextInt(SUCCESSION); i > 0; i--) {
      others.happens();
      tick();
    }
    running = stopped;
    clock.wrong(wrong);
    chronicle.event("the leader before wakes");
  }

  /** One pass, and time until the next. Answers whether nothing was done or decided. */
  boolean tick() {
    ticks++;
    others.looks();
    faults.outages().turn(scene.disturbances()).ifPresent(text -> chronicle.turned("outage", text));
    git.turn(scene.disturbances()).ifPresent(text -> chronicle.turned("Git gone", text));
    int mine = epoch;
    running = mine;
    slept = false;
    try {
      return pass(mine);
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

  private boolean pass(int mine) {
    EnvironmentRecord before = scene.remembered();
    // What somebody does while a machine sleeps in its look is for the pass after this one.
    boolean news = chronicle.touched;
    chronicle.touched = false;
    // The wish is of the mode now; it may be another before the pass is over.
    long struck = faults.struck;
    Instant looked = world.time.instant();
    Duration wrong = clock.wrong();
    Wish now = git.read(others.committer.wish().mode(others.committer.mode()));
    Pass.Report report = deaf ? pass.run(now) : pass.run(now, this::mode);
    broken(invariants.found());
    if (mine != epoch) {
      chronicle.sometimes.happened("late leader stops");
      return deposed("its pass ends");
    }
    chronicle.noted(before, report);
    others.operator.consents(report.plan());
    boolean struckNow = struck != faults.struck;
    boolean deceivedNow = faults.deceived != deceivedUntilNow;
    // A commit may have raised the mode only while the machine slept in the look.
    boolean acts =
        mode() == Mode.ACT && now.desired().filter(d -> d.mode() == Mode.ACT).isPresent();
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
    return Stream.concat(
        others.due(), Stream.of(faults.outages().next(), git.next(), clock.next()));
  }
}

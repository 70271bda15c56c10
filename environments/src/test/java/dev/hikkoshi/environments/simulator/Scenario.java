package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.Resume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One environment in a calm world, for tests of single rules: commits, foreign hands and time are
 * the test's; the pass is production's. The invariants are looked at after every effect, as in a
 * simulation.
 */
public final class Scenario {

  private static final int MOST_PASSES = 5_000;

  /** Between passes in which nothing happens: the controller's {@code hikkoshi.pass.interval}. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final World world;
  private final Invariants invariants;
  private final SimStore store;
  private final Sickness sickness;
  private final SimMeters meters;
  private final List<Action> done = new ArrayList<>();
  private final Pass pass;
  private int wishes = 1;
  private Wish wish = Wish.none(Wishes.ENVIRONMENT, "nothing was committed yet");
  private Plan last;
  private Optional<Observed> seen = Optional.empty();
  private Optional<Mode> lowered = Optional.empty();
  private int saves;

  private Scenario(UnaryOperator<Gateways> decorate) {
    Options calm = Options.draw(1).healed();
    world = new World(new SplittableRandom(7));
    invariants = new Invariants(world, this::record, () -> wishes, this::mode);
    invariants.with(new PeopleRules(world, this::record, invariants::broken));
    Faults faults = new Faults(world, calm, event -> {}, invariants::look);
    store = new SimStore(faults);
    store.kept = new JournalRules(invariants::broken)::saved;
    sickness = new Sickness(world, 1, false);
    meters = new SimMeters(world, faults, sickness, 3);
    Gateways gateways = decorate.apply(SimGateways.of(world, faults, invariants, meters));
    pass = new Pass(gateways, new Observer(gateways, Runnable::run), store, world.time, () -> true);
    last = pass.run(wish).plan();
  }

  /** Nothing was committed yet. */
  public static Scenario calm() {
    return new Scenario(UnaryOperator.identity());
  }

  /** The same with gateways that lie or fail as the test says. */
  public static Scenario with(UnaryOperator<Gateways> decorate) {
    return new Scenario(decorate);
  }

  /** A first cluster serves on every route, and the environment is at rest. */
  public static Scenario serving(Wishes wishes) {
    return calm().commit(wishes).untilPhase("gone");
  }

  /** A move to 1.37 has come to a phase. */
  public static Scenario moving(String phase) {
    return serving(Wishes.sample("1.36")).commit(Wishes.sample("1.37")).untilPhase(phase);
  }

  /** Foreign hands: what follows is not ours, nor of people who order. */
  public Somebody somebody() {
    return new Somebody(this, world);
  }

  /** A commit is evaluated. */
  public Scenario commit(Wishes next) {
    wishes++;
    wish = Wish.of(next.desired());
    lowered = Optional.empty();
    invariants.ending = next.stance().decommissioned();
    return this;
  }

  /** The newest state of Git cannot be had; the last good one stays. */
  public Scenario stale(String why) {
    wish = Wish.stale(wish.desired().orElseThrow(), why);
    return this;
  }

  /** One pass and one second. */
  public Scenario pass() {
    look();
    world.pass(Duration.ofSeconds(1));
    return this;
  }

  /** One pass, and the time until the controller's next one. */
  public Scenario turn() {
    return turn(Instant.MAX);
  }

  /** The same, but never past an end. */
  private Scenario turn(Instant end) {
    EnvironmentRecord before = record();
    Pass.Report report = look();
    Instant soon = now().plusSeconds(1);
    Instant quiet =
        Stream.of(
                now().plus(QUIET),
                report.plan().next().orElse(Instant.MAX),
                world.time.next().orElse(Instant.MAX),
                end)
            .min(Instant::compareTo)
            .orElseThrow();
    Instant next = report.busy(before) || quiet.isBefore(soon) ? soon : quiet;
    world.pass(Duration.between(now(), next));
    return this;
  }

  private Pass.Report look() {
    Pass.Report report = pass.run(wish, this::mode);
    invariants
        .found()
        .ifPresent(
            violation -> {
              throw violation;
            });
    last = report.plan();
    seen = report.observed();
    report.done().forEach(d -> done.add(d.action()));
    return report;
  }

  /** The mode as Git says it now, which may be lower than that of the wish in work. */
  private Mode mode() {
    return lowered.or(() -> wish.desired().map(Desired::mode)).orElse(Mode.OBSERVE);
  }

  /** A commit lowers the mode while the pass is at work: right before the n-th save from now. */
  public Scenario lowerAtSave(int n, Mode lower) {
    saves = 0;
    store.listener =
        _ -> {
          if (++saves == n) {
            lowered = Optional.of(lower);
          }
        };
    return this;
  }

  /** Passes for a time: one a second while something happens, as the controller's when not. */
  public Scenario passes(Duration time) {
    Instant end = now().plus(time);
    while (now().isBefore(end)) {
      turn(end);
    }
    return this;
  }

  /** Passes until something is so; an error with the state when it never is. */
  public Scenario until(String what, Predicate<Scenario> holds) {
    for (int i = 0; i < MOST_PASSES; i++) {
      if (holds.test(this)) {
        return this;
      }
      turn();
    }
    throw new AssertionError("never: " + what + "; " + record().move() + "; " + last.waits());
  }

  public Scenario untilPhase(String word) {
    return until("phase " + word, s -> s.phase().equals(word));
  }

  /** Share of the new side on a route, in percent of all traffic. */
  public Scenario untilShare(String route, int percent) {
    return until(
        route + " at " + percent + " %",
        s -> Math.round(100 * s.sides(route).share(s.move().to())) >= percent);
  }

  public Scenario resume(boolean acceptWeights) {
    store.put(new Resume("miyake", "looked at it", acceptWeights, now()).on(record()));
    return this;
  }

  /** A person asks for something. */
  public Scenario asks(Order order) {
    if (order instanceof Approve a && order.refusal(record()).isEmpty()) {
      world.approved.add(a.move() + " " + a.step());
    }
    store.put(order.on(record()));
    return this;
  }

  /** A person freezes everything. */
  public Scenario freeze(String reason, Optional<Instant> until) {
    world.freeze = Optional.of(new Freeze(true, "miyake", reason, now(), until));
    return this;
  }

  /** A person thaws it. */
  public Scenario thaw(String reason) {
    world.freeze = Optional.of(new Freeze(false, "miyake", reason, now(), Optional.empty()));
    return this;
  }

  /** Somebody deletes what says that everything is frozen. */
  public Scenario freezeDeleted() {
    world.freeze = Optional.empty();
    return this;
  }

  /** Whether everything is frozen cannot be read, or can again. */
  public Scenario freezeUnread(boolean unread) {
    world.freezeUnread = unread;
    return this;
  }

  /** Whether anything at AWS carries our tags. */
  public boolean tagged() {
    return world.clusters.values().stream()
            .anyMatch(c -> c.tags.containsKey(EksGateway.ENVIRONMENT_TAG))
        || world.alb.groups.values().stream().anyMatch(g -> g.ours);
  }

  /** A person types that run-once work may start without proof. */
  public Scenario runOnceAnyway() {
    store.put(new Resume("miyake", "the old side is off", false, true, false, now()).on(record()));
    return this;
  }

  /** The clusters in which run-once work runs, or may start by itself. */
  public List<String> closingDay() {
    return world.clusters.values().stream().filter(Cluster::closesDay).map(c -> c.name).toList();
  }

  /** A cluster that nobody here built serves, by a record with that identifier or a simple one. */
  public Scenario before(Optional<String> identifier) {
    world.before(identifier, true, true);
    return this;
  }

  /** Records of the web route. */
  public List<RecordSeen> records() {
    return world.dns.records;
  }

  /** What a cluster carries. */
  public Map<String, String> tags(String cluster) {
    return Map.copyOf(world.cluster(cluster).tags);
  }

  /** Before any cluster a group outside of them has all of the ALB route. */
  public Scenario outside() {
    world.alb.write(List.of(new GroupWeight(Wishes.OUTSIDE, 1)), true);
    return this;
  }

  /** Clusters carry this as their environment's name. */
  public Scenario tagged(String name) {
    world.tag = name;
    return this;
  }

  /** The pods of a cluster fail, or are well again. */
  public Scenario sick(String cluster, boolean sick) {
    world.cluster(cluster).sick = sick;
    return this;
  }

  /** Whether the other nodes of a cluster can carry what a node group runs. */
  public Scenario room(String cluster, boolean room) {
    world.cluster(cluster).room = room;
    return this;
  }

  /** Apps of a cluster answer with errors from that share on, in percent. */
  public Scenario errorsFrom(String cluster, int percent) {
    sickness.from(cluster, percent / 100.0);
    return this;
  }

  /** Providers of metrics answer that they have no data, or have some again. */
  public Scenario metersEmpty(boolean empty) {
    meters.empty = empty;
    return this;
  }

  /** Everything that was remembered is gone. */
  public Scenario loseRecord() {
    store.put(EnvironmentRecord.fresh(Wishes.ENVIRONMENT));
    return this;
  }

  public EnvironmentRecord record() {
    return store.record;
  }

  public MoveRecord move() {
    return record().move().orElseThrow();
  }

  /** Whether the write of a route is intended and not known to be made. */
  public boolean writing(String route) {
    return move().route(route).progress() instanceof RouteProgress.Writing;
  }

  public String phase() {
    return record().move().map(MoveRecord::phase).map(MovePhase::word).orElse("none");
  }

  /** The plan of the newest pass. */
  public Plan plan() {
    return last;
  }

  /** What the newest pass saw. */
  public Optional<Observed> observed() {
    return seen;
  }

  public Instant now() {
    return world.time.instant();
  }

  /** All sides as AWS holds them. */
  public Sides sides(String route) {
    return world.route(route.equals("web")).sides();
  }

  /** Clusters that exist at EKS. */
  public List<String> clusters() {
    return List.copyOf(world.clusters.keySet());
  }

  /** The Kubernetes version of a cluster that exists at EKS. */
  public String version(String cluster) {
    return world.cluster(cluster).version;
  }

  /** The versions of all clusters that exist and are not being deleted. */
  public Set<String> versions() {
    return world.clusters.values().stream()
        .filter(cluster -> cluster.goneAt.isEmpty())
        .map(cluster -> cluster.version)
        .collect(Collectors.toSet());
  }

  /** Every action that was done, in order. */
  public List<Action> done() {
    return List.copyOf(done);
  }

  public <T extends Action> List<T> done(Class<T> kind) {
    return done.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public Scenario forgetDone() {
    done.clear();
    return this;
  }

  /** What the newest pass said about waiting, checks and holds, as one text. */
  public String said() {
    StringBuilder text = new StringBuilder();
    last.waits().stream().map(Wait::sentence).forEach(s -> text.append(s).append('\n'));
    last.checks().forEach(c -> text.append(c).append('\n'));
    record().holds().forEach(h -> text.append(h.text()).append('\n'));
    return text.toString();
  }
}

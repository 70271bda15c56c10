package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The rules of a move as what must be true at every instant, whatever goes wrong. */
final class Invariants implements Watch {

  /** A rule was broken. */
  static final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    Violation(String rule) {
      super(rule);
    }
  }

  private static final int WHOLE = 100;

  private static final List<String> AT_REST = List.of("TagCluster", "SyncRelease", "HealRelease");

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Supplier<Integer> wishes;
  private final Supplier<Mode> mode;
  private final ByHandRules byHand;
  private Optional<Violation> found = Optional.empty();

  /** Others that look on. */
  private final List<Watch> others = new ArrayList<>();

  /** The process that runs now leads. */
  BooleanSupplier leads = () -> true;

  /** The environment is decommissioned. */
  boolean ending;

  /** Commits asked for something else in the clusters that are there. */
  BooleanSupplier reshaped = () -> false;

  Invariants(
      World world,
      Supplier<EnvironmentRecord> record,
      Supplier<Integer> wishes,
      Supplier<Mode> mode) {
    this.world = world;
    this.record = record;
    this.wishes = wishes;
    this.mode = mode;
    this.byHand = new ByHandRules(world, record, this::ours, this::broken);
  }

  /** The environment has its adopted cluster, and no move was begun. */
  private boolean atRest() {
    return record
        .get()
        .move()
        .filter(m -> m.phase() instanceof MovePhase.Gone && m.to().equals(Wishes.LEGACY))
        .filter(m -> m.from().isEmpty())
        .isPresent();
  }

  private boolean tagged() {
    Cluster adopted = world.clusters.get(Wishes.LEGACY);
    return adopted == null || adopted.tags.containsKey(EksGateway.ENVIRONMENT_TAG);
  }

  /** Remembered too, because code under test may catch what it should not. */
  void broken(String rule) {
    Violation violation = new Violation(rule);
    if (found.isEmpty()) {
      found = Optional.of(violation);
    }
    throw violation;
  }

  /** Also these rules, which ask more of the world than every test can give. */
  void with(Watch other) {
    others.add(other);
  }

  Optional<Violation> found() {
    return found;
  }

  /**
   * An effect begins: its process leads, the mode allows it now, and its intent was saved before.
   */
  @Override
  public void intended(String key) {
    if (!leads.getAsBoolean()) {
      broken("only the leader begins a write: " + key);
    }
    if (mode.get() != Mode.ACT) {
      broken("nothing is written in mode observe or plan: " + mode.get() + ", " + key);
    }
    boolean leaving = record.get().handover().isPresent() && key.startsWith("Untag");
    if (atRest() && !leaving && !key.startsWith("TagCluster") && !tagged()) {
      broken("nothing in an adopted cluster is written before it has our tags: " + key);
    }
    if (atRest()
        && !leaving
        && !ending
        && !reshaped.getAsBoolean()
        && AT_REST.stream().noneMatch(key::startsWith)) {
      broken("before the first move an adopted cluster gets our tags and releases only: " + key);
    }
    boolean saved = record.get().intents().stream().anyMatch(i -> i.key().startsWith(key));
    if (!saved) {
      broken("intent before effect: " + key + " was not in the record");
    }
    others.forEach(o -> o.intended(key));
  }

  /** After every effect. */
  void look() {
    Sides web = world.dns.sides();
    Sides api = world.alb.sides();
    route("web", web, true, world.dns.foreign);
    route("api", api, false, world.alb.foreign);
    Set<String> receiving = given(web, world.dns.foreign);
    receiving.addAll(given(api, world.alb.foreign));
    receiving.retainAll(record.get().clusters().keySet());
    // Who puts a third one back gives it weight; what is asked of us is that we don't.
    receiving.removeAll(world.putBack);
    if (receiving.size() > 2) {
      broken("at most two clusters have weight: " + receiving);
    }
    List<String> closing =
        world.clusters.values().stream().filter(Cluster::closesDay).map(c -> c.name).toList();
    if (closing.size() > 1) {
      broken("run-once work runs on one side: " + closing);
    }
    if (world.clusters.size() > 3) {
      broken("at most three clusters exist: " + world.clusters.keySet());
    }
    byHand.look("web", web);
    byHand.look("api", api);
  }

  /** Sides with weight; where a stranger wrote last it may be his that a third one has some. */
  private Set<String> given(Sides sides, boolean foreign) {
    Set<String> receiving = new HashSet<>(sides.receiving());
    if (foreign) {
      record
          .get()
          .move()
          .ifPresent(m -> receiving.removeIf(s -> !s.equals(m.to()) && !s.equals(m.serving())));
    }
    return receiving;
  }

  private void route(String name, Sides sides, boolean dns, boolean foreign) {
    if (sides.allZero()) {
      broken("never all zero: " + name + " is " + sides);
    }
    for (String cluster : sides.receiving()) {
      if (!record.get().clusters().containsKey(cluster)) {
        continue; // What a stranger answers is not ours to promise.
      }
      // A cluster that somebody deleted since is another's doing; that it gains none is ours.
      boolean others = world.putBack.contains(cluster) || world.namesakes.lost(cluster).isPresent();
      if (!foreign && !others && !world.canServe(cluster, dns)) {
        broken("weight only where requests can be answered: " + name + " has " + sides);
      }
    }
  }

  void creating(ClusterSpec spec) {
    if (world.names.contains(spec.name())) {
      broken("a name is never given again: " + spec.name());
    }
    if (world.created + 1 > wishes.get()) {
      broken(
          "no second cluster for one wish: " + spec.name() + " is number " + (world.created + 1));
    }
  }

  /** Nothing is taken from a cluster that any record or rule names, nor from the last one. */
  @Override
  public void destroying(Cluster cluster, String what) {
    boolean named =
        world.dns.sides().side(cluster.name).isPresent()
            || world.alb.sides().side(cluster.name).isPresent();
    if (named && !world.overtaken(cluster)) {
      broken("never delete what serves: " + what + " of " + cluster.name);
    }
    boolean last =
        world.clusters.values().stream().noneMatch(c -> c != cluster && c.goneAt.isEmpty());
    if (last && !ending) {
      broken("the last cluster stays: " + what + " of " + cluster.name);
    }
    others.forEach(o -> o.destroying(cluster, what));
  }

  @Override
  public void searched() {
    others.forEach(Watch::searched);
  }

  /**
   * After a write of ours.
   *
   * @param foreign the weights before were somebody else's
   */
  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    if (ours(after) != WHOLE && !attachedOnly(before, after)) {
      broken("both sides in one write: " + before + " became " + after);
    }
    if (world.late) {
      return;
    }
    MoveRecord move = record.get().move().orElseThrow();
    boolean home =
        move.phase() instanceof MovePhase.Returning || move.phase() instanceof MovePhase.Returned;
    if (record.get().trafficHeld() && !home) {
      broken("held traffic is not written: " + before + " became " + after);
    }
    for (String cluster : after.of().keySet()) {
      if (after.share(cluster) > before.share(cluster)) {
        gained(dns, before, after, cluster, foreign, home, move);
      }
    }
    others.forEach(o -> o.weightsWritten(dns, before, after, foreign));
  }

  /** Home is put back beside a third side of a stranger's: nobody's weight changes until then. */
  private boolean attachedOnly(Sides before, Sides after) {
    boolean third = before.receiving().stream().anyMatch(world.putBack::contains);
    return third
        && after.of().keySet().stream().allMatch(s -> after.weight(s) == before.weight(s))
        && after.of().keySet().containsAll(before.of().keySet());
  }

  private void gained(
      boolean dns,
      Sides before,
      Sides after,
      String cluster,
      boolean foreign,
      boolean home,
      MoveRecord move) {
    if (home) {
      String from = move.from().orElse("");
      if (!cluster.equals(from.equals(External.SIDE) ? Wishes.OUTSIDE : from)) {
        broken("a return goes home only: " + before + " became " + after);
      }
      return;
    }
    boolean early =
        move.phase() instanceof MovePhase.Building || move.phase() instanceof MovePhase.Syncing;
    if (early) {
      broken(
          "no share before ready: " + before + " became " + after + " in " + move.phase().word());
    }
    boolean seen = world.namesakes.lostWithin(cluster, world.look, world.time.instant());
    if (!seen && !world.canServe(cluster, dns)) {
      broken("no weight on a cluster that is not ready: " + after);
    }
    int weight = after.weight(cluster);
    if (world.alone(before, cluster) || foreign || !cluster.equals(move.to())) {
      return;
    }
    int next = move.phase() instanceof MovePhase.Gone ? WHOLE : nextStep(before, cluster, move);
    if (weight != next) {
      broken("share moves by one step: " + before + " became " + after + ", next is " + next);
    }
  }

  private int nextStep(Sides before, String cluster, MoveRecord move) {
    return move.steps().stream()
        .map(Step::percent)
        .filter(p -> p > percentOfOurs(before, cluster) + 1e-9)
        .findFirst()
        .orElse(WHOLE);
  }

  private int ours(Sides sides) {
    int clusters = record.get().clusters().keySet().stream().mapToInt(sides::weight).sum();
    return clusters + sides.weight(Wishes.OUTSIDE);
  }

  /** Steps are percent of what is not a stranger's. */
  private double percentOfOurs(Sides sides, String cluster) {
    int ours = ours(sides);
    return ours == 0 ? 0 : 100.0 * sides.weight(cluster) / ours;
  }
}

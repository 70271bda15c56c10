package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A world without faults for tests of other modules: the environment of {@link Wishes} can be
 * built, moved and retired in it, while the rules are looked at after every effect. Not for several
 * threads.
 */
public final class SimulatedRegion {

  private final World world;
  private final Invariants invariants;
  private final Gateways gateways;
  private final SimStore store;
  private int wishes = 1;

  /** Creates a region with nothing in it; the same seed gives the same delays and samples. */
  public SimulatedRegion(long seed) {
    Options calm = Options.draw(seed).healed();
    world = new World(new SplittableRandom(seed));
    invariants = new Invariants(world, this::record, () -> wishes, () -> Mode.ACT);
    Faults faults = new Faults(world, calm, _ -> {}, invariants::look);
    store = new SimStore(faults);
    gateways = SimGateways.of(world, faults, invariants, MetricsGateway.none());
  }

  public Gateways gateways() {
    return gateways;
  }

  /** The store of the one environment; a violated rule is thrown at the next {@link #pass}. */
  public RecordStore records() {
    return store;
  }

  public EnvironmentRecord record() {
    return store.record;
  }

  public InstantSource clock() {
    return world.time;
  }

  /** One more cluster may be asked for. */
  public void wishesAgain() {
    wishes++;
  }

  /** Lets time pass; throws when a rule was broken until now. */
  public void pass(Duration time) {
    world.pass(time);
    if (invariants.found().isPresent()) {
      throw invariants.found().get();
    }
  }

  /** Weights of the DNS route, by cluster. */
  public Sides web() {
    return world.dns.sides();
  }

  /** Weights of the listener rule, by cluster. */
  public Sides api() {
    return world.alb.sides();
  }

  /** Names of the clusters that exist, sorted. */
  public TreeSet<String> clusters() {
    return new TreeSet<>(world.clusters.keySet());
  }
}

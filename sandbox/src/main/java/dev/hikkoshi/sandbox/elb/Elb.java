package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.state.StateStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The load balancers of the account: applies operations one at a time, keeps what exists before it
 * answers, and tells whoever carries the requests.
 */
public final class Elb {

  private static final String DOCUMENT = "elb/state";

  /** Hears of every new state, on the thread that changed it and before that is answered. */
  @FunctionalInterface
  public interface Listener {
    /** What exists now. */
    void changed(ElbState state);
  }

  private final StateStore store;
  private final Surroundings around;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile ElbState state;

  Elb(StateStore store, Surroundings around) {
    this.store = store;
    this.around = around;
    this.state = store.read(DOCUMENT, ElbState.class).orElseGet(ElbState::empty);
  }

  /**
   * Comes back from the region's store.
   *
   * @param health what the health checks found out
   */
  public static Elb open(RegionContext region, HealthView health) {
    Surroundings around =
        new Surroundings(
            region.region(),
            region.network(),
            region.physics(),
            region.clock(),
            new Names(region.region(), region.accountId(), new SecureRandom()),
            health);
    return new Elb(region.state(), around);
  }

  /** The service on the wire. */
  public AwsService service() {
    return new ElbService(this);
  }

  /** The Route 53 zone that aliases to load balancers of the region name. */
  public String hostedZoneId() {
    return Names.hostedZone(around.region());
  }

  /** What exists now. */
  public ElbState state() {
    return state;
  }

  /** Tells the listener of the present state and of every later one. */
  public synchronized void listen(Listener listener) {
    listeners.add(listener);
    listener.changed(state);
  }

  synchronized Outcome apply(Operation operation, Form form) {
    Outcome outcome = operation.apply(around, state, form);
    become(outcome.state());
    return outcome;
  }

  /** Lets go of targets whose deregistration has ended. */
  public synchronized void drained(Instant now) {
    become(TargetOperations.withoutDrained(state, now));
  }

  private void become(ElbState next) {
    if (next == state) {
      return;
    }
    store.write(DOCUMENT, next);
    state = next;
    listeners.forEach(listener -> listener.changed(next));
  }
}

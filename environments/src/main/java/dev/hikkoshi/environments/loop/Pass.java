package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Planner;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import dev.hikkoshi.environments.record.Resume;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One pass over one environment. Every pass is the same: there is no recovery mode. Between any two
 * lines the process may die; the next pass goes on from what is seen and remembered.
 */
public final class Pass {

  private final Gateways gateways;
  private final Observer observer;
  private final RecordStore records;
  private final InstantSource clock;
  private final BooleanSupplier leads;
  private final EffectListener listener;

  /**
   * Creates a pass that tells nobody.
   *
   * @param leads whether this process may still write; asked before every effect
   */
  public Pass(
      Gateways gateways,
      Observer observer,
      RecordStore records,
      InstantSource clock,
      BooleanSupplier leads) {
    this(gateways, observer, records, clock, leads, (_, _, _) -> {});
  }

  /** Creates a pass whose effects are told as they end, even when the pass does not. */
  public Pass(
      Gateways gateways,
      Observer observer,
      RecordStore records,
      InstantSource clock,
      BooleanSupplier leads,
      EffectListener listener) {
    this.gateways = gateways;
    this.observer = observer;
    this.records = records;
    this.clock = clock;
    this.leads = leads;
    this.listener = listener;
  }

  /**
   * What a pass did.
   *
   * @param observed empty when nothing was ever wanted, or nothing is managed any more
   * @param plan as decided; in modes other than {@code act} nothing of it was done
   * @param record as saved at the end
   * @param done actions with their outcomes, in order
   */
  public record Report(
      Optional<Observed> observed, Plan plan, EnvironmentRecord record, List<Done> done) {

    public Report {
      done = List.copyOf(done);
    }

    /** Something was decided or done, so that looking again at once makes sense. */
    public boolean busy(EnvironmentRecord before) {
      return !done.isEmpty() || !before.equals(record);
    }
  }

  /** One action and how it ended. */
  public record Done(Action action, Outcome outcome) {}

  /** The same while Git says nothing new until the pass has ended. */
  public Report run(Wish wish) {
    return run(wish, () -> wish.desired().map(Desired::mode).orElse(Mode.OBSERVE));
  }

  /**
   * Observe, plan, execute.
   *
   * @param mode as Git says it at the moment of asking; a mode that was lowered since the wish was
   *     made lets no further effect begin
   * @throws RecordStore.RecordException when the record could not be read or written: nothing more
   *     is done, and the next pass begins again
   */
  public Report run(Wish wish, Supplier<Mode> mode) {
    Loaded loaded = records.load(wish.environment());
    if (wish.desired().isEmpty() || loaded.record().handedOver()) {
      Plan nothing = Planner.nothing(wish, loaded.record());
      return new Report(Optional.empty(), nothing, loaded.record(), List.of());
    }
    Desired desired = wish.desired().get();
    Observed observed = observer.look(desired, loaded.record(), clock.instant());
    Plan plan = Planner.plan(wish, observed, loaded.record(), clock.instant());
    return switch (desired.mode()) {
      case OBSERVE, PLAN -> onlyTold(desired.mode(), observed, plan, loaded);
      case ACT -> {
        Gate gate = new Gate(new Effects(gateways), leads, mode);
        yield execute(gate, observed, plan, loaded);
      }
    };
  }

  /**
   * Nothing of the plan is remembered but what a person reads, and a handover that was asked for.
   */
  private Report onlyTold(Mode mode, Observed observed, Plan plan, Loaded loaded) {
    boolean leaving = loaded.record().handover().isPresent();
    EnvironmentRecord kept = leaving ? plan.record() : loaded.record();
    EnvironmentRecord told = Told.in(mode, plan, kept, clock.instant());
    if (leads.getAsBoolean()) {
      save(told, loaded.record(), loaded.version());
    }
    return new Report(Optional.of(observed), plan, told, List.of());
  }

  /** A person lifts the holds of an environment. */
  public EnvironmentRecord resume(String environment, Resume resume) {
    Loaded loaded = records.load(environment);
    EnvironmentRecord next = resume.on(loaded.record());
    save(next, loaded.record(), loaded.version());
    return next;
  }

  private Report execute(Gate gate, Observed observed, Plan plan, Loaded loaded) {
    EnvironmentRecord record = Told.in(Mode.ACT, plan, plan.record(), clock.instant());
    EnvironmentRecord saved = loaded.record();
    String version = loaded.version();
    List<Done> done = new ArrayList<>();
    for (Action action : plan.actions()) {
      if (!gate.open()) {
        break;
      }
      Intent intent = intent(record, action, done.size());
      record = record.begin(intent);
      version = save(record, saved, version);
      saved = record;
      Optional<Outcome> outcome = gate.perform(action);
      if (outcome.isEmpty()) {
        record = record.end(intent.id());
        break;
      }
      listener.ended(intent, action, outcome.get());
      record = Outcomes.remember(record, intent, action, outcome.get(), clock.instant());
      version = save(record, saved, version);
      saved = record;
      done.add(new Done(action, outcome.get()));
    }
    if (leads.getAsBoolean()) {
      save(record, saved, version);
    }
    return new Report(Optional.of(observed), plan, record, done);
  }

  private Intent intent(EnvironmentRecord record, Action action, int index) {
    String move = record.move().map(MoveRecord::id).orElse(record.environment());
    String id = move + "/" + Long.toString(clock.millis(), 36) + "/" + index;
    return new Intent(id, action.key(), action.why(), clock.instant());
  }

  private String save(EnvironmentRecord record, EnvironmentRecord saved, String version) {
    return record.equals(saved) ? version : records.save(record, version);
  }
}

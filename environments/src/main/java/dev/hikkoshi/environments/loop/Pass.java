package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired;
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
   * @param observed empty when nothing was ever wanted
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

  /**
   * Observe, plan, execute.
   *
   * @throws RecordStore.RecordException when the record could not be read or written: nothing more
   *     is done, and the next pass begins again
   */
  public Report run(Wish wish) {
    Loaded loaded = records.load(wish.environment());
    if (wish.desired().isEmpty()) {
      Plan nothing = Planner.nothing(wish, loaded.record());
      return new Report(Optional.empty(), nothing, loaded.record(), List.of());
    }
    Desired desired = wish.desired().get();
    Observed observed = observer.look(desired, loaded.record(), clock.instant());
    Plan plan = Planner.plan(wish, observed, loaded.record(), clock.instant());
    return switch (desired.mode()) {
      case OBSERVE, PLAN -> new Report(Optional.of(observed), plan, loaded.record(), List.of());
      case ACT -> execute(observed, plan, loaded);
    };
  }

  /** A person lifts the holds of an environment. */
  public EnvironmentRecord resume(String environment, Resume resume) {
    Loaded loaded = records.load(environment);
    EnvironmentRecord next = resume.on(loaded.record());
    save(next, loaded.record(), loaded.version());
    return next;
  }

  private Report execute(Observed observed, Plan plan, Loaded loaded) {
    EnvironmentRecord record = plan.record();
    EnvironmentRecord saved = loaded.record();
    String version = loaded.version();
    List<Done> done = new ArrayList<>();
    Effects effects = new Effects(gateways);
    for (Action action : plan.actions()) {
      if (!leads.getAsBoolean()) {
        break;
      }
      Intent intent = intent(record, action, done.size());
      record = record.begin(intent);
      version = save(record, saved, version);
      saved = record;
      Outcome outcome = effects.perform(action);
      listener.ended(intent, action, outcome);
      record = Outcomes.remember(record, intent, action, outcome, clock.instant());
      version = save(record, saved, version);
      saved = record;
      done.add(new Done(action, outcome));
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

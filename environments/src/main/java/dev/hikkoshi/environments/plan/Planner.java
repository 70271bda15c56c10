package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.List;

/**
 * What is done next: a pure function of what is wanted, seen and remembered, and of the time. The
 * same arguments give the same plan.
 */
public final class Planner {

  private Planner() {}

  /** Decides one pass. Traffic comes first, destruction never together with it. */
  public static Plan plan(Wish wish, Observed observed, EnvironmentRecord record, Instant now) {
    if (wish.desired().isEmpty()) {
      return nothing(wish, record);
    }
    Draft d = new Draft(wish.desired().get(), wish.stale(), observed, record, now);
    if (!Safety.mayWrite(d)) {
      return d.plan();
    }
    Safety.remember(d);
    if (d.desired.stance().decommissioned()) {
      EndWork.plan(d);
      return d.plan();
    }
    if (!Adoption.plan(d)) {
      return d.plan();
    }
    ClusterChoice.choose(d);
    RouteWork.plan(d);
    MoveProgress.advance(d);
    GroupWork.plan(d);
    EndWork.plan(d);
    ClusterWork.plan(d);
    ReleaseWork.plan(d);
    RunOnceWork.plan(d);
    WaysHome.remember(d);
    return d.plan();
  }

  /** An environment whose definition was never good: nothing is written. */
  public static Plan nothing(Wish wish, EnvironmentRecord record) {
    String why = wish.stale().orElse("no definition was ever read");
    Wait wait = Wait.of(Wait.Kind.BLOCKED, wish.environment(), why);
    return new Plan(record, List.of(), List.of(), List.of(wait), List.of());
  }
}

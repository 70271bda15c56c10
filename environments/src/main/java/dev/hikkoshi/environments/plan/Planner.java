package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import java.time.Instant;
import java.util.List;

/**
 * What is done next: a pure function of what is wanted, seen and remembered, and of the time. The
 * same arguments give the same plan.
 */
public final class Planner {

  private Planner() {}

  /**
   * Decides one pass. Traffic comes first, destruction never together with it. Where nothing was
   * ever wanted, or nothing is managed any more, there is {@link #nothing} to decide.
   */
  public static Plan plan(Wish wish, Observed observed, EnvironmentRecord record, Instant now) {
    Draft d = new Draft(wish.desired().orElseThrow(), wish.stale(), observed, record, now);
    if (!Safety.mayWrite(d)) {
      return d.plan();
    }
    Safety.remember(d);
    Safety.unlisted(d);
    Frozen.note(d);
    if (record.handover().orElse(null) instanceof Handover.Asked asked) {
      HandoverWork.plan(d, asked);
      return d.plan();
    }
    if (d.desired.stance().decommissioned()) {
      EndWork.plan(d);
      EndWork.ended(d);
      return d.plan();
    }
    if (!Adoption.plan(d)) {
      return d.plan();
    }
    ClusterChoice.choose(d);
    InquiryWork.remember(d);
    RouteWork.plan(d);
    MoveProgress.advance(d);
    GroupWork.plan(d);
    EndWork.plan(d);
    ClusterWork.plan(d);
    ReleaseWork.plan(d);
    RunOnceWork.plan(d);
    InquiryWork.plan(d);
    WaysHome.remember(d);
    Rehearsal.note(d);
    return d.plan();
  }

  private static String handedOver(Handover.Done done) {
    return "handed over, as asked by %s: nothing is managed, and nothing will be until a person takes it back"
        .formatted(done.author());
  }

  /** An environment that was handed over, or whose definition was never good: nothing is done. */
  public static Plan nothing(Wish wish, EnvironmentRecord record) {
    String undefined = wish.stale().orElse("no definition was ever read");
    String why =
        switch (record.handover().orElse(null)) {
          case Handover.Done done -> handedOver(done);
          case Handover.Asked _ -> "handover waits for a definition that can be read: " + undefined;
          case null -> undefined;
        };
    Wait wait = Wait.of(Wait.Kind.BLOCKED, wish.environment(), why);
    return new Plan(record, List.of(), List.of(), List.of(wait), List.of());
  }
}

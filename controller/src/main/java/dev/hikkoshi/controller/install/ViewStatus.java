package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.record.StatusWriter;
import dev.hikkoshi.controller.engine.StatusSink;
import dev.hikkoshi.controller.engine.Turn;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.InstantSource;

/** The status of Environment objects: the view that the command line shows. */
record ViewStatus(StatusWriter writer, InstantSource clock) implements StatusSink {

  @Override
  public void show(Wish wish, Report report, Turn turn) {
    Plan plan = report.plan();
    // What is remembered now, not what was before the effects of this pass.
    Plan after =
        new Plan(report.record(), plan.actions(), plan.checks(), plan.waits(), plan.routes());
    EnvironmentView view = EnvironmentView.of(wish, report.observed(), after, clock.instant());
    writer.write(wish.environment(), view);
  }
}

package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.function.Consumer;

/** While Git cannot be read nothing new begins: no cluster, no step towards it, no deletion. */
final class GitRules {

  private final Consumer<String> broken;

  GitRules(Consumer<String> broken) {
    this.broken = broken;
  }

  /** Looks at what a pass did by a wish. */
  void after(Wish wish, EnvironmentRecord before, Pass.Report report) {
    if (wish.stale().isEmpty()) {
      return;
    }
    if (!move(report.record()).equals(move(before))) {
      broken.accept("no move begins without Git: " + move(report.record()));
    }
    report.done().stream()
        .map(Pass.Done::action)
        .filter(action -> begins(action, report.record()))
        .forEach(action -> broken.accept("nothing new begins without Git: " + action.why()));
  }

  private static String move(EnvironmentRecord record) {
    return record.move().map(MoveRecord::id).orElse("none");
  }

  private static boolean begins(Action action, EnvironmentRecord record) {
    return switch (action) {
      case Action.CreateCluster _, Action.Destructive _ -> true;
      case Action.TrafficWrite _ -> forward(record);
      default -> false;
    };
  }

  private static boolean forward(EnvironmentRecord record) {
    return record.move().filter(m -> m.phase() instanceof MovePhase.Stepping).isPresent();
  }
}

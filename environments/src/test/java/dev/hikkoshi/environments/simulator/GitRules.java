package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
    move(report.record())
        .filter(id -> !move(before).equals(Optional.of(id)))
        .ifPresent(id -> broken.accept("no move begins without Git: " + id));
    report.done().stream()
        .map(Pass.Done::action)
        .filter(action -> begins(action, before, report.record()))
        .forEach(action -> broken.accept("nothing new begins without Git: " + action.why()));
  }

  private static Optional<String> move(EnvironmentRecord record) {
    return record.move().map(MoveRecord::id);
  }

  private static boolean begins(Action action, EnvironmentRecord before, EnvironmentRecord after) {
    return switch (action) {
      case Action.CreateCluster _, Action.Destructive _ -> true;
      case Action.TrafficWrite write -> forward(after) && !known(write, before);
      default -> false;
    };
  }

  /** Whose answer was lost is written again as it is, to learn when every server has it. */
  private static boolean known(Action.TrafficWrite write, EnvironmentRecord before) {
    return before.route(write.route()).stream()
        .flatMap(route -> Stream.concat(route.lastWritten().stream(), route.intended().stream()))
        .anyMatch(write.intended()::equals);
  }

  private static boolean forward(EnvironmentRecord record) {
    return record.move().filter(m -> m.phase() instanceof MovePhase.Stepping).isPresent();
  }
}

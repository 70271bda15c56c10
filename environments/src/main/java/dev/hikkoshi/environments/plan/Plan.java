package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one pass decided.
 *
 * @param record what is remembered from now on; saved before the first action
 * @param actions in the order in which they are done
 * @param checks every condition that was looked at
 * @param waits what is not done, and why
 * @param routes where each route of the definition stands
 */
public record Plan(
    EnvironmentRecord record,
    List<Action> actions,
    List<Check> checks,
    List<Wait> waits,
    List<RouteStatus> routes) {

  public Plan {
    actions = List.copyOf(actions);
    checks = List.copyOf(checks);
    waits = List.copyOf(waits);
    routes = List.copyOf(routes);
  }

  /** The earliest moment at which something known happens by itself. */
  public Optional<Instant> next() {
    return waits.stream().flatMap(w -> w.until().stream()).min(Instant::compareTo);
  }
}

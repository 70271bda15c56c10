package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which checks are asked now, about which side, and about which whole periods. */
final class Meters {

  private final Desired desired;
  private final MoveRecord move;
  private final Instant now;
  private final SortedMap<Meter, Span> all = new TreeMap<>();

  private Meters(Desired desired, MoveRecord move, Instant now) {
    this.desired = desired;
    this.move = move;
    this.now = now;
  }

  static SortedMap<Meter, Span> of(Desired desired, EnvironmentRecord record, Instant now) {
    if (record.move().isEmpty() || desired.move().checks().isEmpty()) {
      return new TreeMap<>();
    }
    Meters meters = new Meters(desired, record.move().get(), now);
    desired.routes().forEach(meters::route);
    return meters.all;
  }

  private void route(DesiredRoute route) {
    RouteMove state = move.route(route.name());
    Optional<CheckWindow> window = CheckWindow.of(desired, move, state, now);
    for (MoveCheck check : CheckWindow.asked(desired, move, route.name(), now)) {
      switch (check.when()) {
        case DURING -> window.ifPresent(w -> both(check, route.name(), w));
        case AFTER ->
            window
                .filter(w -> w.earlier().isPresent())
                .ifPresent(w -> both(check, route.name(), w));
        case START, BEFORE -> {
          int ahead = ahead(state);
          if (ahead == 1 || ahead > 1 && check.when() == When.BEFORE) {
            both(check, route.name(), CheckWindow.before(desired, now));
          }
        }
      }
    }
  }

  /** The old side too: as what is compared with, or because a return may go there. */
  private void both(MoveCheck check, String route, CheckWindow window) {
    all.put(new Meter(check.name(), route, move.to()), window.span());
    boolean compares = check.compare() instanceof Compare.NotWorse;
    List<String> old = move.from().stream().toList();
    if (compares || window.earlier().isEmpty()) {
      old.forEach(
          side ->
              all.put(
                  new Meter(check.name(), route, side), window.earlier().orElse(window.span())));
    }
  }

  /** The step that may be begun now; 0 for none. */
  private int ahead(RouteMove state) {
    boolean phase = move.phase() instanceof MovePhase.Warm || CheckWindow.judged(move.phase());
    return phase && !state.alone() ? Turn.ahead(state, Course.of(move, state)) : 0;
  }
}

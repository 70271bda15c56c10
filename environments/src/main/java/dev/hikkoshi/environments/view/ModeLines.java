package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.view.EnvironmentView.HomeLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a view says because of the mode, and what a person can do without Hikkoshi. */
final class ModeLines {

  /** More than that nobody reads, and a status must stay small. */
  private static final int MOST = 50;

  private ModeLines() {}

  static boolean writes(Optional<Desired> desired) {
    return desired.filter(d -> d.mode() == Mode.ACT).isPresent();
  }

  static List<String> differs(Optional<Desired> desired, Plan plan) {
    if (desired.isEmpty() || writes(desired)) {
      return List.of();
    }
    PlanDocument document = PlanDocument.of(desired.get(), plan.record());
    Stream<String> dangers = document.dangers().stream().map(danger -> "! " + danger);
    Stream<String> items =
        document.items().stream()
            .map(i -> "%s %s: %s".formatted(i.kind().sign(), i.what(), i.why()));
    return Stream.of(dangers, items, adoption(desired.get(), plan))
        .flatMap(lines -> lines)
        .limit(MOST)
        .toList();
  }

  /** What adopting a cluster would do to it; in {@code plan} it is among what would be done. */
  private static Stream<String> adoption(Desired desired, Plan plan) {
    boolean adopts = plan.actions().stream().anyMatch(Action.TagCluster.class::isInstance);
    return adopts && desired.mode() == Mode.OBSERVE
        ? plan.actions().stream().map(action -> "~ " + action.why())
        : Stream.empty();
  }

  static List<String> would(Optional<Desired> desired, Plan plan) {
    boolean planned = desired.filter(d -> d.mode() == Mode.PLAN).isPresent();
    return planned ? plan.actions().stream().limit(MOST).map(Action::why).toList() : List.of();
  }

  static List<String> left(EnvironmentRecord record) {
    return switch (record.handover().orElse(null)) {
      case Handover.Asked asked -> asked.left().orElse(List.of());
      case Handover.Done done -> done.left();
      case null -> List.of();
    };
  }

  static List<HomeLine> home(EnvironmentRecord record) {
    return record.routes().values().stream()
        .filter(route -> !route.letGo())
        .flatMap(route -> home(route).stream())
        .toList();
  }

  private static Optional<HomeLine> home(RouteRecord route) {
    return route
        .wayHome()
        .map(way -> new HomeLine(route.name(), way.home(), way.role().orElse(""), way.commands()));
  }
}

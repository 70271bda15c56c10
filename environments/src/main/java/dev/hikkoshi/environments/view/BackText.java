package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The line of the banner that says how to go back, and how long that takes. */
record BackText(Wish wish, Optional<Observed> observed, Plan plan) {

  /** Route 53 says that a change is usually on all servers within 60 seconds. */
  private static final Duration INSYNC = Duration.ofSeconds(60);

  String line() {
    EnvironmentRecord record = plan.record();
    if (record.move().isEmpty()) {
      return "";
    }
    if (record.handover().isPresent()) {
      return "hikkoshi handover %s --take-back".formatted(wish.environment());
    }
    MoveRecord move = record.move().get();
    if (move.from().isEmpty()) {
      return "there was nothing before this cluster";
    }
    String home = move.from().get();
    return switch (move.phase()) {
      case MovePhase.Building _, MovePhase.Syncing _ ->
          "revert: " + move.to() + " is given up, no traffic has moved";
      case MovePhase.Attached _, MovePhase.Warm _, MovePhase.Stepping _, MovePhase.Soak _ ->
          "revert: one write for each route, at most %s, to %s%s"
              .formatted(longest(), home, notNow());
      case MovePhase.Drain _ -> putBack(home);
      case MovePhase.Retiring _, MovePhase.Gone _ -> later(home);
      case MovePhase.Returning _ -> "";
      case MovePhase.Returned _ -> "";
    };
  }

  /** What would keep the return from coming at once, were it asked for now. */
  private String notNow() {
    String why =
        plan.checks().stream()
            .filter(c -> c.name().equals(Rehearsal.CHECK) && !c.passed())
            .map(c -> "%s: %s".formatted(c.subject(), c.verdict().evidence()))
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "" : "; not at once now, " + why;
  }

  private String putBack(String home) {
    return "revert: %s is put back on the routes, then one write, at most %s%s"
        .formatted(home, longest(), notNow());
  }

  private String later(String home) {
    return plan.record()
        .cluster(home)
        .map(
            c ->
                switch (c.life()) {
                  case ClusterLife.Drained _, ClusterLife.Kept _, ClusterLife.Serving _ ->
                      plan.record().move().orElseThrow().phase() instanceof MovePhase.Retiring
                          ? putBack(home)
                          : "revert: a normal move to %s, which still is whole".formatted(home);
                  case ClusterLife.Retiring _ ->
                      "revert: nodes of %s are built again first".formatted(home);
                  case ClusterLife.Building _, ClusterLife.Abandoned _ ->
                      "revert: a normal move to " + home;
                  case ClusterLife.Gone _ ->
                      "revert builds a new cluster at %s, if EKS still offers it"
                          .formatted(c.version());
                })
        .orElse("");
  }

  /** INSYNC and then the TTL that servers answer: the longest of all routes. */
  private String longest() {
    Duration most =
        observed.stream()
            .flatMap(o -> o.routes().values().stream())
            .flatMap(seen -> seen.known().stream())
            .filter(DnsRouteSeen.class::isInstance)
            .map(seen -> INSYNC.plus(((DnsRouteSeen) seen).ttl().value()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ofSeconds(2));
    return Ages.text(most);
  }
}

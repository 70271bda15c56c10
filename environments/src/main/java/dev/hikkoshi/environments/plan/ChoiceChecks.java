package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.util.List;
import java.util.Optional;

/** What must be true before a move begins, or a cluster is built for one. */
final class ChoiceChecks {

  private ChoiceChecks() {}

  /** Rule 8: the commit that changes the cluster leaves the old side's manifests alone. */
  static Check mixedChange(Draft d) {
    Verdict verdict =
        switch (d.desired.mixedChange()) {
          case Unknown<MixedChange>(String what, String why) ->
              Verdict.unknown("not known whether " + what + " changes apps too: " + why);
          case Known<MixedChange>(MixedChange change) ->
              change.same()
                  ? Verdict.pass(change.evidence())
                  : Verdict.fail(change.evidence() + "; split the commit");
        };
    return new Check("mixed-change", d.desired.environment(), verdict);
  }

  /** Rule 12: what traffic was brought home from is not tried again unless a person says so. */
  static Check notBad(Draft d) {
    Optional<Verdict> bad =
        d.record.bad().entrySet().stream()
            .filter(e -> ClusterChoice.matches(d, e.getKey()))
            .map(e -> Verdict.fail(notTried(d, e.getKey(), e.getValue())))
            .findFirst();
    return new Check(
        "not-bad",
        d.desired.environment(),
        bad.orElseGet(() -> Verdict.pass("nobody came home from this definition")));
  }

  private static String notTried(Draft d, String cluster, String why) {
    return "traffic was brought home from %s, which was built from this definition (%s): revert the commit, change cluster.yaml, raise cluster.number, or: hikkoshi resume %s --try-again --reason TEXT"
        .formatted(cluster, why, d.desired.environment());
  }

  /**
   * Rule 15: no other cluster of ours is on a route. Between moves only somebody else can have put
   * it there; it goes first, else three could have share, and nobody could say how to go home.
   */
  static Check atHome(Draft d, String home) {
    Verdict verdict = Verdict.pass("no other cluster is on a route");
    for (DesiredRoute route : d.desired.routes()) {
      switch (d.sides(route)) {
        case Unknown<Sides>(_, String why) -> verdict = Verdict.unknown(why);
        case Known<Sides>(Sides sides) when elsewhere(d, sides, home) -> {
          return new Check(
              "traffic-at-home",
              home,
              Verdict.fail(route.name() + " has another cluster: " + sides));
        }
        case Known<Sides> _ -> {}
      }
    }
    return new Check("traffic-at-home", home, verdict);
  }

  private static boolean elsewhere(Draft d, Sides sides, String home) {
    return sides.of().keySet().stream()
        .anyMatch(side -> !side.equals(home) && d.record.clusters().containsKey(side));
  }

  static Check versionOffered(Draft d) {
    String version = d.desired.cluster().version();
    Verdict verdict =
        switch (d.observed.versions()) {
          case Unknown<List<VersionSeen>>(_, String why) ->
              Verdict.unknown("EKS's versions could not be read: " + why);
          case Known<List<VersionSeen>>(List<VersionSeen> offered) ->
              offered.stream().anyMatch(v -> v.version().equals(version))
                  ? Verdict.pass("EKS offers " + version)
                  : Verdict.fail("EKS does not offer " + version);
        };
    return new Check("version-offered", d.desired.environment(), verdict);
  }
}

package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
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

package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.outside.Finding;
import dev.hikkoshi.environments.check.outside.OutsideWords;
import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.check.outside.RuleZero;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rule 0: what a cluster would do outside of itself before the first write into it. */
final class OutsideEffects {

  private OutsideEffects() {}

  /**
   * For a cluster that does not serve.
   *
   * @param sides all that releases are synced to: what two of them claim is an effect
   */
  static Check of(Draft d, String cluster, InsideSeen inside, List<String> sides) {
    Map<String, Rendering> elsewhere = new TreeMap<>();
    for (String other : sides) {
      if (other.equals(cluster) || LostCluster.is(d, other)) {
        continue; // In what somebody deleted nothing claims anything.
      }
      switch (d.inside(other)) {
        case Unknown<InsideSeen>(_, String why) -> {
          String sentence = "what " + other + " claims could not be read: " + why;
          return new Check("outside-effects", cluster, Verdict.unknown(sentence));
        }
        case Known<InsideSeen>(InsideSeen seen) -> elsewhere.put(other, objects(seen));
      }
    }
    List<Finding> findings =
        RuleZero.findings(objects(inside), elsewhere, moved(d), d.desired.outside());
    Verdict verdict =
        findings.isEmpty()
            ? Verdict.pass("every effect outside the cluster is classified")
            : Verdict.fail(OutsideWords.of(findings));
    return new Check("outside-effects", cluster, verdict);
  }

  /** Names whose weights routes write. */
  private static Set<String> moved(Draft d) {
    Set<String> names = new HashSet<>();
    for (DesiredRoute route : d.desired.routes()) {
      if (route instanceof DesiredRoute.Dns dns) {
        names.add(dns.record());
      }
    }
    return names;
  }

  private static Rendering objects(InsideSeen inside) {
    Map<ReleaseId, Rendering.Content> contents = new HashMap<>();
    inside
        .releases()
        .forEach(
            (id, release) -> {
              if (release.rendered().orElse(null) instanceof Rendered.Manifests m) {
                contents.put(id, new Rendering.Content(m.objects(), m.hooks()));
              }
            });
    return Rendering.of(contents);
  }
}

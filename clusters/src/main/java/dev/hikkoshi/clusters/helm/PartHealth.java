package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.health.HealthRules;
import dev.hikkoshi.clusters.health.Selectors;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import java.util.List;

/** How the objects of a release do in one cluster, from its watches. */
final class PartHealth {

  private final LiveObjects live;
  private final HealthRules rules;

  PartHealth(LiveObjects live) {
    this.live = live;
    this.rules = new HealthRules(this::podsOf);
  }

  /** The worst of them; failing is worse than being on the way. */
  Health worst(List<Part> parts) {
    Health worst = new Health.Healthy();
    for (Part part : parts) {
      Health health = of(part);
      if (health instanceof Health.Failing) {
        return health;
      }
      if (worst.healthy() && !health.healthy()) {
        worst = health;
      }
    }
    return worst;
  }

  private Health of(Part part) {
    return live.find(part.key())
        .map(rules::of)
        .orElseGet(
            () ->
                Drift.leaves(part)
                    ? new Health.Healthy()
                    : new Health.Progressing(part.key().path() + ": it is not there"));
  }

  private List<LiveObject> podsOf(LiveObject workload) {
    return live.in(workload.key().namespace(), "v1", "Pod")
        .filter(pod -> Selectors.workload(workload.at("/spec/selector"), pod))
        .toList();
  }
}

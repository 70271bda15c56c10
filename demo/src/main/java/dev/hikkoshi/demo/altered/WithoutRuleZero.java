package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.InsideGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rule 0 sees nothing: releases look as if they rendered no object at all. */
final class WithoutRuleZero extends ForwardingInside {

  private WithoutRuleZero(InsideGateway real) {
    super(real);
  }

  static Gateways on(Gateways real) {
    return real.with(new WithoutRuleZero(real.inside()));
  }

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return super.see(cluster, wanted).map(WithoutRuleZero::blind);
  }

  private static InsideSeen blind(InsideSeen seen) {
    Map<ReleaseId, ReleaseSeen> releases = new TreeMap<>();
    seen.releases().forEach((id, release) -> releases.put(id, blind(release)));
    return new InsideSeen(
        seen.kubernetesVersion(), releases, seen.backends(), seen.working(), seen.ends());
  }

  private static ReleaseSeen blind(ReleaseSeen release) {
    Optional<Rendered> nothing =
        release
            .rendered()
            .map(
                r ->
                    switch (r) {
                      case Rendered.Manifests m ->
                          new Rendered.Manifests(m.manifestHash(), List.of(), List.of());
                      case Rendered.Failed failed -> failed;
                    });
    return new ReleaseSeen(
        release.id(),
        nothing,
        release.deployed(),
        release.health(),
        release.drifted(),
        release.driftSince(),
        release.work(),
        release.restarts());
  }
}

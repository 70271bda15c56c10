package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.InsideGateway;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Clusters for which, from a moment on, no wanted release renders. */
final class UnrenderedInside extends ForwardingInside {

  private final BooleanSupplier broken;

  UnrenderedInside(InsideGateway real, BooleanSupplier broken) {
    super(real);
    this.broken = broken;
  }

  /** What is wrong with a release, with its place. */
  static String problem(ReleaseId id) {
    return "shop/values/%s.yaml.gotmpl:3:4: there is no key nope".formatted(id.name());
  }

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return real.see(cluster, wanted).map(this::broken);
  }

  private InsideSeen broken(InsideSeen seen) {
    if (!broken.getAsBoolean()) {
      return seen;
    }
    Map<ReleaseId, ReleaseSeen> releases = new HashMap<>();
    seen.releases().forEach((id, release) -> releases.put(id, broken(release)));
    return new InsideSeen(
        seen.kubernetesVersion(), releases, seen.backends(), seen.working(), seen.ends());
  }

  private static ReleaseSeen broken(ReleaseSeen seen) {
    return new ReleaseSeen(
        seen.id(),
        seen.rendered().map(_ -> new Rendered.Failed(problem(seen.id()))),
        seen.deployed(),
        seen.health(),
        seen.drifted(),
        Optional.empty(),
        seen.work(),
        seen.restarts());
  }
}

package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Pod Identity associations of EKS: one for each service account, and a list that is behind. */
final class SimPodRoles {

  /** How far the list is behind an answer (EKS User Guide: eventually consistent). */
  private static final int LAG_SECONDS = 20;

  private final Timeline time;

  SimPodRoles(Timeline time) {
    this.time = time;
  }

  Outcome create(Cluster c, PodIdentitySpec spec) {
    PodRole there = c.podRoles.get(spec.account());
    if (there == null) {
      c.podRoles.put(spec.account(), fresh(spec.roleArn()));
      return Outcome.done("r");
    }
    if (!time.past(there.listedAt())) {
      return new Outcome.Unclear("exists, and is not listed yet: " + spec.account());
    }
    return there.roleArn().equals(spec.roleArn())
        ? Outcome.done("r")
        : new Outcome.Changed(spec.account() + " has the role " + there.roleArn());
  }

  private PodRole fresh(String roleArn) {
    Instant now = time.instant();
    return new PodRole(roleArn, "a-" + now, time.due(now.plusSeconds(LAG_SECONDS)));
  }

  Outcome change(Cluster c, PodIdentitySeen seen, String roleArn) {
    Optional<PodRole> there = of(c, seen);
    if (there.isEmpty()) {
      return new Outcome.Changed("there is no " + seen.id() + " any more");
    }
    c.podRoles.put(seen.account(), new PodRole(roleArn, there.get().id(), there.get().listedAt()));
    return Outcome.done("r");
  }

  Outcome delete(Cluster c, PodIdentitySeen seen) {
    of(c, seen).ifPresent(_ -> c.podRoles.remove(seen.account()));
    return Outcome.done("r");
  }

  private static Optional<PodRole> of(Cluster c, PodIdentitySeen seen) {
    return Optional.ofNullable(c.podRoles.get(seen.account()))
        .filter(role -> role.id().equals(seen.id()));
  }
}

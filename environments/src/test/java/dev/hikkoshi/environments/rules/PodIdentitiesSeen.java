package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.EksGateway;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** EKS that tells something else of Pod Identity associations. */
final class PodIdentitiesSeen extends ForwardingEks {

  private final UnaryOperator<Observation<List<PodIdentitySeen>>> told;

  PodIdentitiesSeen(EksGateway real, UnaryOperator<Observation<List<PodIdentitySeen>>> told) {
    super(real);
    this.told = told;
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return super.clusters(environments).map(all -> all.stream().map(this::with).toList());
  }

  private ClusterSeen with(ClusterSeen c) {
    return new ClusterSeen(
        c.name(),
        c.identity(),
        c.version(),
        c.status(),
        c.tags(),
        c.endpoint(),
        c.certificateAuthority(),
        c.oidcIssuer(),
        c.deletionProtection(),
        c.built(),
        c.issues(),
        c.nodegroups(),
        c.addons(),
        c.accessEntries(),
        told.apply(c.podIdentities()));
  }
}

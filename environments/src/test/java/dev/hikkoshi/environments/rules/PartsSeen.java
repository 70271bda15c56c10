package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.EksGateway;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** EKS that tells something else of what hangs on its clusters. */
final class PartsSeen extends ForwardingEks {

  private final UnaryOperator<Observation<List<AccessEntrySeen>>> entries;
  private final UnaryOperator<Observation<List<PodIdentitySeen>>> podIdentities;

  private PartsSeen(
      EksGateway real,
      UnaryOperator<Observation<List<AccessEntrySeen>>> entries,
      UnaryOperator<Observation<List<PodIdentitySeen>>> podIdentities) {
    super(real);
    this.entries = entries;
    this.podIdentities = podIdentities;
  }

  /** Every access entry stays without its policies. */
  static PartsSeen withoutPolicies(EksGateway real) {
    return new PartsSeen(
        real, seen -> seen.map(all -> all.stream().map(PartsSeen::half).toList()), seen -> seen);
  }

  static PartsSeen podIdentities(EksGateway real, Observation<List<PodIdentitySeen>> told) {
    return new PartsSeen(real, seen -> seen, _ -> told);
  }

  private static AccessEntrySeen half(AccessEntrySeen entry) {
    return new AccessEntrySeen(entry.principalArn(), entry.groups(), List.of());
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return super.clusters(environments).map(all -> all.stream().map(this::told).toList());
  }

  private ClusterSeen told(ClusterSeen c) {
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
        entries.apply(c.accessEntries()),
        podIdentities.apply(c.podIdentities()));
  }
}

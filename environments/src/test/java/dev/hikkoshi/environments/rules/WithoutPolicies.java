package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.EksGateway;
import java.util.List;
import java.util.Set;

/** EKS in which every access entry stays without its policies. */
final class WithoutPolicies extends ForwardingEks {

  WithoutPolicies(EksGateway real) {
    super(real);
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return super.clusters(environments)
        .map(all -> all.stream().map(WithoutPolicies::stripped).toList());
  }

  private static ClusterSeen stripped(ClusterSeen c) {
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
        c.accessEntries()
            .map(
                entries ->
                    entries.stream()
                        .map(e -> new AccessEntrySeen(e.principalArn(), e.groups(), List.of()))
                        .toList()),
        c.podIdentities());
  }
}

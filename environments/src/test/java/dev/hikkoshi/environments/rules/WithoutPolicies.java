package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** EKS in which every access entry stays without its policies. */
record WithoutPolicies(EksGateway real) implements EksGateway {

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return real.clusters(environments)
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
                        .toList()));
  }

  @Override
  public Observation<Optional<ClusterSeen>> cluster(String name) {
    return real.cluster(name);
  }

  @Override
  public Observation<List<VersionSeen>> versions() {
    return real.versions();
  }

  @Override
  public Outcome createCluster(ClusterSpec spec) {
    return real.createCluster(spec);
  }

  @Override
  public Outcome tagCluster(ClusterSeen cluster, Map<String, String> tags) {
    return real.tagCluster(cluster, tags);
  }

  @Override
  public Outcome createNodegroup(ClusterSeen cluster, NodegroupSpec spec) {
    return real.createNodegroup(cluster, spec);
  }

  @Override
  public Outcome scaleNodegroup(
      ClusterSeen cluster, String nodegroup, int min, int max, int desired) {
    return real.scaleNodegroup(cluster, nodegroup, min, max, desired);
  }

  @Override
  public Outcome createAddon(ClusterSeen cluster, AddonSpec spec) {
    return real.createAddon(cluster, spec);
  }

  @Override
  public Outcome createAccessEntry(ClusterSeen cluster, AccessEntrySpec spec) {
    return real.createAccessEntry(cluster, spec);
  }

  @Override
  public Outcome deleteNodegroup(ClusterSeen cluster, String nodegroup) {
    return real.deleteNodegroup(cluster, nodegroup);
  }

  @Override
  public Outcome deleteAddon(ClusterSeen cluster, String addon) {
    return real.deleteAddon(cluster, addon);
  }

  @Override
  public Outcome deleteAccessEntry(ClusterSeen cluster, String principalArn) {
    return real.deleteAccessEntry(cluster, principalArn);
  }

  @Override
  public Outcome disassociatePolicy(ClusterSeen cluster, String principalArn, String policyArn) {
    return real.disassociatePolicy(cluster, principalArn, policyArn);
  }

  @Override
  public Outcome untagCluster(ClusterSeen cluster) {
    return real.untagCluster(cluster);
  }

  @Override
  public Outcome unprotect(ClusterSeen cluster) {
    return real.unprotect(cluster);
  }

  @Override
  public Outcome deleteCluster(ClusterSeen cluster) {
    return real.deleteCluster(cluster);
  }
}

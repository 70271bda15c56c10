package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** EKS as it is; what a test wants otherwise it overrides. */
class ForwardingEks implements EksGateway {

  private final EksGateway real;

  ForwardingEks(EksGateway real) {
    this.real = real;
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return real.clusters(environments);
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
  public Outcome createPodIdentity(ClusterSeen cluster, PodIdentitySpec spec) {
    return real.createPodIdentity(cluster, spec);
  }

  @Override
  public Outcome changePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String roleArn) {
    return real.changePodIdentity(cluster, seen, roleArn);
  }

  @Override
  public Outcome deletePodIdentity(ClusterSeen cluster, PodIdentitySeen seen) {
    return real.deletePodIdentity(cluster, seen);
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

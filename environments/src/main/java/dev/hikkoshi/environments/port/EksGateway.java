package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * EKS: clusters and what hangs on them. A cluster is created under a token of the record; what
 * hangs on it has a name that is unique in the cluster, which is what makes a second attempt
 * harmless.
 */
public interface EksGateway {

  /** The tag that marks a cluster as ours; its value is the environment's name. */
  String ENVIRONMENT_TAG = "hikkoshi.dev/environment";

  /** The tag that carries the cluster's number, so that losing the record loses no cluster. */
  String NUMBER_TAG = "hikkoshi.dev/number";

  /**
   * A cluster as CreateCluster needs it: every name resolved.
   *
   * @param roleArn the cluster's service role
   * @param secretsKeyArn the KMS key that Secrets are encrypted with; absent: EKS's own
   * @param supportType {@code STANDARD} or {@code EXTENDED}
   * @param authenticationMode for example {@code API}
   * @param requestToken the same for every attempt at the same cluster
   */
  record ClusterSpec(
      String name,
      String version,
      String roleArn,
      List<String> subnetIds,
      List<String> securityGroupIds,
      boolean publicAccess,
      boolean privateAccess,
      List<String> publicAccessCidrs,
      Optional<String> serviceIpv4Cidr,
      Optional<String> ipFamily,
      Optional<String> secretsKeyArn,
      String authenticationMode,
      String supportType,
      List<String> logTypes,
      Map<String, String> tags,
      String requestToken) {

    public ClusterSpec {
      subnetIds = List.copyOf(subnetIds);
      securityGroupIds = List.copyOf(securityGroupIds);
      publicAccessCidrs = List.copyOf(publicAccessCidrs);
      logTypes = List.copyOf(logTypes);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * A managed node group as CreateNodegroup needs it.
   *
   * @param instanceTypes none only with a launch template, which then has one
   * @param spot whether its instances are spot capacity, which EC2 takes back when it needs it
   */
  record NodegroupSpec(
      String name,
      String nodeRoleArn,
      List<String> subnetIds,
      List<String> instanceTypes,
      Optional<String> amiType,
      boolean spot,
      Optional<LaunchTemplate> launchTemplate,
      int min,
      int max,
      int desired,
      Optional<Integer> diskSize,
      Map<String, String> labels,
      List<Taint> taints,
      Map<String, String> tags) {

    public NodegroupSpec {
      subnetIds = List.copyOf(subnetIds);
      instanceTypes = List.copyOf(instanceTypes);
      labels = Map.copyOf(labels);
      taints = List.copyOf(taints);
      tags = Map.copyOf(tags);
    }

    /** The same, tagged as ours: IAM lets us change and delete only node groups that are. */
    public NodegroupSpec ofEnvironment(String environment) {
      Map<String, String> all = new HashMap<>(tags);
      all.put(ENVIRONMENT_TAG, environment);
      return new NodegroupSpec(
          name,
          nodeRoleArn,
          subnetIds,
          instanceTypes,
          amiType,
          spot,
          launchTemplate,
          min,
          max,
          desired,
          diskSize,
          labels,
          taints,
          all);
    }
  }

  /** One version of a launch template, by its number: it says the same for ever. */
  record LaunchTemplate(String id, String version) {}

  /** A taint; effect in EKS's spelling, for example {@code NO_SCHEDULE}. */
  record Taint(String key, String value, String effect) {}

  /** An add-on; without a version EKS takes its default for the cluster's minor. */
  record AddonSpec(
      String name,
      Optional<String> version,
      Optional<String> configurationValues,
      Optional<String> resolveConflicts,
      Map<String, String> tags) {

    public AddonSpec {
      tags = Map.copyOf(tags);
    }
  }

  /** Who may enter the Kubernetes API; {@code policyArns} apply to the whole cluster. */
  record AccessEntrySpec(String principalArn, List<String> groups, List<String> policyArns) {

    public AccessEntrySpec {
      groups = List.copyOf(groups);
      policyArns = List.copyOf(policyArns);
    }
  }

  /**
   * The role that pods of one service account have in AWS, by EKS Pod Identity. EKS takes one role
   * for each service account of a cluster (EKS API Reference, CreatePodIdentityAssociation).
   *
   * @param roleArn a role of the cluster's own account; Hikkoshi makes none
   * @param tags of the association
   */
  record PodIdentitySpec(
      String namespace, String serviceAccount, String roleArn, Map<String, String> tags) {

    public PodIdentitySpec {
      tags = Map.copyOf(tags);
    }

    /** What it is known by in its cluster: {@code namespace/serviceAccount}. */
    public String account() {
      return namespace + "/" + serviceAccount;
    }
  }

  /**
   * Every cluster that carries the tag of one of these names, sorted by name, with what hangs on
   * it.
   *
   * @param environments the environment's name, and the one it had before
   */
  Observation<List<ClusterSeen>> clusters(Set<String> environments);

  /** A cluster by name, whoever's it is: asked before a name is used. */
  Observation<Optional<ClusterSeen>> cluster(String name);

  /** The versions EKS offers now. */
  Observation<List<VersionSeen>> versions();

  /**
   * Creates a cluster, or finds the one that an earlier attempt with the same token created. A
   * cluster of that name without our tags is {@link Outcome.Refused}.
   *
   * @return {@link Outcome.Done} with fact {@code arn}
   */
  Outcome createCluster(ClusterSpec spec);

  /**
   * Puts our tags on exactly this cluster, which somebody else built, and on its node groups, the
   * cluster's last: so whatever is interrupted is begun again. One that carries the tag of another
   * environment is {@link Outcome.Refused}.
   */
  Outcome tagCluster(ClusterSeen cluster, Map<String, String> tags);

  /** Creates a node group at the cluster's version. */
  Outcome createNodegroup(ClusterSeen cluster, NodegroupSpec spec);

  /** Changes min, max and desired of a node group. */
  Outcome scaleNodegroup(ClusterSeen cluster, String nodegroup, int min, int max, int desired);

  /** Creates an add-on. */
  Outcome createAddon(ClusterSeen cluster, AddonSpec spec);

  /** Creates an access entry and associates its policies. */
  Outcome createAccessEntry(ClusterSeen cluster, AccessEntrySpec spec);

  /**
   * Associates a service account with its role. One that is there with that role is done, whoever
   * made it; with another role it is {@link Outcome.Changed}.
   */
  Outcome createPodIdentity(ClusterSeen cluster, PodIdentitySpec spec);

  /**
   * Gives the service account of an association that was seen another role. One that is not there
   * any more is {@link Outcome.Changed}.
   */
  Outcome changePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String roleArn);

  /**
   * Lets go of an add-on of exactly this cluster: EKS manages it no longer, and what it installed
   * stays in the cluster. One that is not there is done.
   */
  Outcome deleteAddon(ClusterSeen cluster, String addon);

  /**
   * Deletes an access entry of exactly this cluster; one that is not there is done. The entry of
   * the caller itself is {@link Outcome.Refused}: nobody could bring it back from inside.
   */
  Outcome deleteAccessEntry(ClusterSeen cluster, String principalArn);

  /** Takes one policy from an access entry of exactly this cluster. */
  Outcome disassociatePolicy(ClusterSeen cluster, String principalArn, String policyArn);

  /** Deletes an association of exactly this cluster; one that is not there is done. */
  Outcome deletePodIdentity(ClusterSeen cluster, PodIdentitySeen seen);

  /** Deletes a node group of exactly this cluster: the identity is compared right before. */
  Outcome deleteNodegroup(ClusterSeen cluster, String nodegroup);

  /**
   * Takes our tags, and no others, off exactly this cluster and its node groups, the cluster's
   * last: so whatever is interrupted is seen as ours and begun again. A cluster without our tag is
   * done.
   */
  Outcome untagCluster(ClusterSeen cluster);

  /** Switches deletion protection off, the last step before deletion. */
  Outcome unprotect(ClusterSeen cluster);

  /** Deletes exactly this cluster: identity and our tag are compared right before. */
  Outcome deleteCluster(ClusterSeen cluster);
}

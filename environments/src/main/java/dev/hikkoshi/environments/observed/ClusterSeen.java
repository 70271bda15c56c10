package dev.hikkoshi.environments.observed;

import dev.hikkoshi.environments.collection.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One EKS cluster as DescribeCluster answers it, with what hangs on it.
 *
 * @param name unique in account and region at one time; names can be used again, so {@link
 *     #identity} is what guards writes
 * @param identity ARN and creation time: together they never name another cluster
 * @param version the Kubernetes minor, for example {@code 1.37}
 * @param tags all tags; ours decide whether the cluster is ours
 * @param endpoint empty while CREATING
 * @param certificateAuthority PEM bundle, may hold more than one certificate during a rotation
 * @param built what it was built with: the fields of a cluster file that never change, by path and
 *     in the canonical text of a definition. A field that EKS does not tell is not in it
 * @param issues health issues in AWS's words
 */
public record ClusterSeen(
    String name,
    Identity identity,
    String version,
    Status status,
    Map<String, String> tags,
    Optional<String> endpoint,
    Optional<String> certificateAuthority,
    Optional<String> oidcIssuer,
    boolean deletionProtection,
    SortedMap<String, String> built,
    List<String> issues,
    Observation<List<NodegroupSeen>> nodegroups,
    Observation<List<AddonSeen>> addons,
    Observation<List<AccessEntrySeen>> accessEntries,
    Observation<List<PodIdentitySeen>> podIdentities) {

  public ClusterSeen {
    tags = Map.copyOf(tags);
    built = Sorted.copyOf(built);
    issues = List.copyOf(issues);
  }

  /** What a destructive write is fenced with: a name alone could be a later cluster. */
  public record Identity(String arn, Instant createdAt) {}

  /** Cluster states of the EKS model. */
  public enum Status {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING,
    FAILED,
    PENDING
  }

  /** A managed node group; states as in the EKS model, for example {@code ACTIVE}. */
  public record NodegroupSeen(
      String name, String status, int min, int max, int desired, List<String> issues) {

    public NodegroupSeen {
      issues = List.copyOf(issues);
    }

    public boolean active() {
      return status.equals("ACTIVE");
    }
  }

  /** An EKS add-on; DEGRADED is normal for CoreDNS until nodes exist. */
  public record AddonSeen(String name, String version, String status, List<String> issues) {

    public AddonSeen {
      issues = List.copyOf(issues);
    }

    public boolean active() {
      return status.equals("ACTIVE");
    }
  }

  /** An access entry: who may enter the Kubernetes API. */
  public record AccessEntrySeen(String principalArn, List<String> groups, List<String> policyArns) {

    public AccessEntrySeen {
      groups = List.copyOf(groups);
      policyArns = List.copyOf(policyArns);
    }
  }

  /**
   * An association of EKS Pod Identity: the role that pods of one service account have in AWS.
   *
   * @param id EKS's own name of it, which no later one has
   * @param owner the ARN of the add-on that it belongs to; EKS made that one for the add-on
   */
  public record PodIdentitySeen(
      String namespace, String serviceAccount, String roleArn, String id, Optional<String> owner) {

    /** What it is known by in its cluster: {@code namespace/serviceAccount}. */
    public String account() {
      return namespace + "/" + serviceAccount;
    }
  }
}

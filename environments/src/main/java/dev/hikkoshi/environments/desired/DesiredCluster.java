package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The cluster that a commit asks for.
 *
 * @param immutable every field whose change needs a new cluster, by path, in canonical text; a
 *     field that is not written is not in the map, so that a default of ours never counts
 * @param mutable every other field, likewise
 * @param number {@code spec.cluster.number}: part of the definition like an immutable field
 * @param spec the cluster for EKS; name, tags of ours and token are filled by {@link #named}
 */
public record DesiredCluster(
    String version,
    OptionalInt number,
    SortedMap<String, String> immutable,
    SortedMap<String, String> mutable,
    ClusterSpec spec,
    List<NodegroupSpec> nodegroups,
    List<AddonSpec> addons,
    List<AccessEntrySpec> accessEntries,
    List<PodIdentitySpec> podIdentities) {

  /** The path under which {@code number} is compared. */
  public static final String NUMBER = "cluster.number";

  public DesiredCluster {
    immutable =
        number.isPresent()
            ? Sorted.with(immutable, NUMBER, Integer.toString(number.getAsInt()))
            : Sorted.copyOf(immutable);
    mutable = Sorted.copyOf(mutable);
    nodegroups = List.copyOf(nodegroups);
    addons = List.copyOf(addons);
    accessEntries = List.copyOf(accessEntries);
    podIdentities = List.copyOf(podIdentities);
  }

  /** The spec under a name, tagged as ours. */
  public ClusterSpec named(String environment, String name, int n, String token) {
    Map<String, String> tags = new HashMap<>(spec.tags());
    tags.put(EksGateway.ENVIRONMENT_TAG, environment);
    tags.put(EksGateway.NUMBER_TAG, Integer.toString(n));
    return new ClusterSpec(
        name,
        spec.version(),
        spec.roleArn(),
        spec.subnetIds(),
        spec.securityGroupIds(),
        spec.publicAccess(),
        spec.privateAccess(),
        spec.publicAccessCidrs(),
        spec.serviceIpv4Cidr(),
        spec.ipFamily(),
        spec.secretsKeyArn(),
        spec.authenticationMode(),
        spec.supportType(),
        spec.logTypes(),
        tags,
        token);
  }
}

package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.eks.model.IpFamily;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/** EKS's answers as the core's values. */
final class EksViews {

  /** Health issues kept of one thing; AWS's lists are short, a bound keeps the status small. */
  private static final int MOST_ISSUES = 10;

  /** {@code arn:partition:eks:region:account:cluster/name}. */
  private static final int ARN_REGION = 3;

  private EksViews() {}

  static Identity identity(Cluster cluster) {
    return new Identity(cluster.arn(), cluster.createdAt());
  }

  static ClusterSeen cluster(
      Cluster cluster,
      Observation<List<NodegroupSeen>> nodegroups,
      Observation<List<AddonSeen>> addons,
      Observation<List<AccessEntrySeen>> entries,
      Observation<List<PodIdentitySeen>> podIdentities) {
    return new ClusterSeen(
        cluster.name(),
        identity(cluster),
        cluster.version(),
        status(cluster),
        cluster.tags(),
        given(cluster.endpoint()),
        authorities(cluster),
        issuer(cluster),
        Boolean.TRUE.equals(cluster.deletionProtection()),
        built(cluster),
        issues(cluster),
        nodegroups,
        addons,
        entries,
        podIdentities);
  }

  /**
   * A status that is newer than this code stops everything that needs one, as PENDING does: it is
   * not taken for ACTIVE.
   */
  private static Status status(Cluster cluster) {
    return switch (cluster.status()) {
      case CREATING -> Status.CREATING;
      case ACTIVE -> Status.ACTIVE;
      case UPDATING -> Status.UPDATING;
      case DELETING -> Status.DELETING;
      case FAILED -> Status.FAILED;
      case PENDING, UNKNOWN_TO_SDK_VERSION -> Status.PENDING;
    };
  }

  private static Optional<String> authorities(Cluster cluster) {
    return Optional.ofNullable(cluster.certificateAuthority())
        .flatMap(authority -> given(authority.data()))
        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
  }

  private static Optional<String> issuer(Cluster cluster) {
    return Optional.ofNullable(cluster.identity())
        .flatMap(identity -> Optional.ofNullable(identity.oidc()))
        .flatMap(oidc -> given(oidc.issuer()));
  }

  /** The fields of a cluster file that build a new cluster when they change, as EKS tells them. */
  private static SortedMap<String, String> built(Cluster cluster) {
    SortedMap<String, String> built = new TreeMap<>();
    put(built, "metadata.version", cluster.version());
    put(built, "metadata.region", cluster.arn().split(":", -1)[ARN_REGION]);
    put(built, "iam.serviceRoleARN", cluster.roleArn());
    if (cluster.resourcesVpcConfig() != null) {
      put(built, "vpc.id", cluster.resourcesVpcConfig().vpcId());
    }
    if (cluster.kubernetesNetworkConfig() != null) {
      String network = "kubernetesNetworkConfig.";
      put(built, network + "serviceIPv4CIDR", cluster.kubernetesNetworkConfig().serviceIpv4Cidr());
      if (cluster.kubernetesNetworkConfig().ipFamily() == IpFamily.IPV4) {
        put(built, network + "ipFamily", "IPv4");
      }
    }
    if (cluster.accessConfig() != null) {
      put(
          built,
          "accessConfig.authenticationMode",
          cluster.accessConfig().authenticationModeAsString());
    }
    cluster.encryptionConfig().stream()
        .filter(config -> config.provider() != null)
        .findFirst()
        .ifPresent(config -> put(built, "secretsEncryption.keyARN", config.provider().keyArn()));
    return built;
  }

  private static void put(SortedMap<String, String> to, String field, @Nullable String value) {
    given(value).ifPresent(text -> to.put(field, text));
  }

  private static List<String> issues(Cluster cluster) {
    return cluster.health() == null
        ? List.of()
        : cluster.health().issues().stream()
            .limit(MOST_ISSUES)
            .map(i -> issue(i.codeAsString(), i.message()))
            .toList();
  }

  static NodegroupSeen nodegroup(Nodegroup group) {
    var scaling = group.scalingConfig();
    return new NodegroupSeen(
        group.nodegroupName(),
        group.statusAsString(),
        scaling == null ? 0 : number(scaling.minSize()),
        scaling == null ? 0 : number(scaling.maxSize()),
        scaling == null ? 0 : number(scaling.desiredSize()),
        group.health() == null
            ? List.of()
            : group.health().issues().stream()
                .limit(MOST_ISSUES)
                .map(i -> issue(i.codeAsString(), i.message()))
                .toList());
  }

  static AddonSeen addon(Addon addon) {
    return new AddonSeen(
        addon.addonName(),
        addon.addonVersion(),
        addon.statusAsString(),
        addon.health() == null
            ? List.of()
            : addon.health().issues().stream()
                .limit(MOST_ISSUES)
                .map(i -> issue(i.codeAsString(), i.message()))
                .toList());
  }

  static PodIdentitySeen podIdentity(PodIdentityAssociation association) {
    return new PodIdentitySeen(
        association.namespace(),
        association.serviceAccount(),
        association.roleArn(),
        association.associationId(),
        given(association.ownerArn()));
  }

  /** A version whose end AWS does not tell has no standard support left, as far as is known. */
  static VersionSeen version(ClusterVersionInformation version) {
    Instant end = version.endOfStandardSupportDate();
    return new VersionSeen(
        version.clusterVersion(),
        version.versionStatus() == VersionStatus.STANDARD_SUPPORT,
        end == null ? Instant.EPOCH : end);
  }

  private static String issue(String code, @Nullable String message) {
    return message == null ? code : code + ": " + message;
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isEmpty());
  }
}

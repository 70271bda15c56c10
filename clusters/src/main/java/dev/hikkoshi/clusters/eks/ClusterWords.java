package dev.hikkoshi.clusters.eks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.IpFamily;
import software.amazon.awssdk.services.eks.model.KubernetesNetworkConfigResponse;
import software.amazon.awssdk.services.eks.model.LogSetup;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/** DescribeCluster and its parts in the names of eksctl's ClusterConfig. */
final class ClusterWords {

  /** Tags of the tools that made a cluster: the next one must not carry that tool's mark. */
  private static final List<String> MARKS =
      List.of("aws:", "alpha.eksctl.io/", "eksctl.", "kubernetes.io/cluster/", "hikkoshi.dev/");

  private static final String IAM = "iam";

  private static final String EVERYWHERE = "0.0.0.0/0";

  private final Cluster cluster;
  private final List<String> unsaid;

  ClusterWords(Cluster cluster, List<String> unsaid) {
    this.cluster = cluster;
    this.unsaid = unsaid;
  }

  Map<String, Object> file(
      List<Nodegroup> groups, List<Addon> addons, List<Map<String, Object>> entries) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("apiVersion", "eksctl.io/v1alpha5");
    file.put("kind", "ClusterConfig");
    file.put("metadata", metadata());
    file.put(IAM, map("serviceRoleARN", cluster.roleArn()));
    file.put("vpc", vpc());
    Map<String, Object> network = network();
    if (!network.isEmpty()) {
      file.put("kubernetesNetworkConfig", network);
    }
    file.put("accessConfig", access(entries));
    if (!groups.isEmpty()) {
      GroupWords words = new GroupWords(unsaid);
      file.put("managedNodeGroups", groups.stream().map(words::of).toList());
    }
    if (!addons.isEmpty()) {
      file.put("addons", addons.stream().map(this::addon).toList());
    }
    settings(file);
    return file;
  }

  /** Adds service accounts with their roles to a file that has none. */
  static void associations(Map<String, Object> file, List<Map<String, Object>> said) {
    Map<String, Object> iam = new LinkedHashMap<>();
    if (file.get(IAM) instanceof Map<?, ?> there) {
      there.forEach((key, value) -> iam.put(String.valueOf(key), value));
    }
    iam.put("podIdentityAssociations", said);
    file.put(IAM, iam);
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", cluster.name());
    metadata.put("region", cluster.arn().split(":", -1)[3]);
    metadata.put("version", cluster.version());
    Map<String, String> tags = tags(cluster.tags());
    if (!tags.isEmpty()) {
      metadata.put("tags", tags);
    }
    return metadata;
  }

  static Map<String, String> tags(Map<String, String> all) {
    Map<String, String> own = new TreeMap<>(all);
    own.keySet().removeIf(key -> MARKS.stream().anyMatch(key::startsWith));
    return own;
  }

  /** Subnets are named as what they are, the control plane's; which are public EKS does not say. */
  private Map<String, Object> vpc() {
    VpcConfigResponse config = cluster.resourcesVpcConfig();
    Map<String, Object> vpc = new LinkedHashMap<>();
    vpc.put("id", config.vpcId());
    vpc.put("controlPlaneSubnetIDs", config.subnetIds());
    if (!config.securityGroupIds().isEmpty()) {
      vpc.put("controlPlaneSecurityGroupIDs", config.securityGroupIds());
    }
    Map<String, Object> endpoints = new LinkedHashMap<>();
    endpoints.put("publicAccess", Boolean.TRUE.equals(config.endpointPublicAccess()));
    endpoints.put("privateAccess", Boolean.TRUE.equals(config.endpointPrivateAccess()));
    vpc.put("clusterEndpoints", endpoints);
    List<String> cidrs = config.publicAccessCidrs();
    if (!cidrs.isEmpty() && !cidrs.equals(List.of(EVERYWHERE))) {
      vpc.put("publicAccessCIDRs", cidrs);
    }
    return vpc;
  }

  private Map<String, Object> network() {
    Map<String, Object> network = new LinkedHashMap<>();
    @Nullable KubernetesNetworkConfigResponse config = cluster.kubernetesNetworkConfig();
    if (config == null) {
      return network;
    }
    boolean six = config.ipFamily() == IpFamily.IPV6;
    if (six) {
      network.put("ipFamily", "IPv6");
    }
    if (!six && config.serviceIpv4Cidr() != null) {
      network.put("serviceIPv4CIDR", config.serviceIpv4Cidr());
    }
    return network;
  }

  private Map<String, Object> access(List<Map<String, Object>> entries) {
    Map<String, Object> access = new LinkedHashMap<>();
    if (cluster.accessConfig() != null
        && cluster.accessConfig().authenticationModeAsString() != null) {
      access.put("authenticationMode", cluster.accessConfig().authenticationModeAsString());
    }
    if (!entries.isEmpty()) {
      access.put("accessEntries", entries);
    }
    return access;
  }

  /** Without its version: the next minor wants another, and absent is EKS's own choice for it. */
  private Map<String, Object> addon(Addon addon) {
    Map<String, Object> said = map("name", addon.addonName());
    if (given(addon.configurationValues())) {
      said.put("configurationValues", addon.configurationValues());
    }
    if (given(addon.serviceAccountRoleArn())) {
      said.put("serviceAccountRoleARN", addon.serviceAccountRoleArn());
    }
    Map<String, String> tags = tags(addon.tags());
    if (!tags.isEmpty()) {
      said.put("tags", tags);
    }
    unsaid.add(
        "add-on %s is at %s here; without a version each cluster gets EKS's default for its minor"
            .formatted(addon.addonName(), addon.addonVersion()));
    return said;
  }

  private void settings(Map<String, Object> file) {
    if (cluster.upgradePolicy() != null && cluster.upgradePolicy().supportTypeAsString() != null) {
      file.put("upgradePolicy", map("supportType", cluster.upgradePolicy().supportTypeAsString()));
    }
    List<String> logs =
        cluster.logging() == null
            ? List.of()
            : cluster.logging().clusterLogging().stream()
                .filter(setup -> Boolean.TRUE.equals(setup.enabled()))
                .map(LogSetup::typesAsStrings)
                .flatMap(List::stream)
                .toList();
    if (!logs.isEmpty()) {
      file.put("cloudWatch", map("clusterLogging", map("enableTypes", logs)));
    }
    if (!cluster.encryptionConfig().isEmpty()) {
      cluster.encryptionConfig().stream()
          .filter(config -> config.provider() != null)
          .findFirst()
          .ifPresent(
              config -> file.put("secretsEncryption", map("keyARN", config.provider().keyArn())));
    }
    extras(file);
  }

  /** What only some clusters have; the reader says by name that it does not take it. */
  private void extras(Map<String, Object> file) {
    Predicate<@Nullable Boolean> on = Boolean.TRUE::equals;
    if (cluster.computeConfig() != null && on.test(cluster.computeConfig().enabled())) {
      file.put("autoModeConfig", map("enabled", true));
    }
    if (cluster.outpostConfig() != null) {
      file.put("outpost", map("controlPlaneOutpostARN", cluster.outpostConfig().outpostArns()));
    }
    if (cluster.remoteNetworkConfig() != null
        && cluster.remoteNetworkConfig().hasRemoteNodeNetworks()) {
      file.put("remoteNetworkConfig", map("iam", map("provider", "ssm")));
    }
    if (cluster.zonalShiftConfig() != null && on.test(cluster.zonalShiftConfig().enabled())) {
      unsaid.add("zonal shift is on here; a cluster file has no word for it");
    }
  }

  static boolean given(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  static Map<String, Object> map(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}

package dev.hikkoshi.environments.definition;

import static dev.hikkoshi.environments.definition.ClusterFields.Change.IN_PLACE;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NEW_CLUSTER;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NEXT_CLUSTER;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NOT_YET;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.REFUSED;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.UNUSED;

import dev.hikkoshi.environments.definition.ClusterFields.Change;
import dev.hikkoshi.environments.definition.ClusterFields.Row;
import java.util.List;
import java.util.stream.Stream;

/** The rows of {@link ClusterFields}, section by section. */
final class ClusterFieldRows {

  private static final String NETWORKS = "networks are named, never made: give the ids of subnets";
  static final String ROLES = "IAM roles are named, never made: name one that exists";
  private static final String IDENTITIES =
      "name its service account in `iam.podIdentityAssociations`";
  private static final String TEMPLATE = "say it in a launch template: `launchTemplate`";
  private static final String CUSTOM_NODES =
      "nodes run EKS's own images as they are, or what `launchTemplate` says";

  private ClusterFieldRows() {}

  static List<Row> all() {
    return Stream.of(
            List.of(
                row("apiVersion", UNUSED, "must be `eksctl.io/v1alpha5`"),
                row("kind", UNUSED, "must be `ClusterConfig`")),
            metadata(),
            network(),
            AccessFieldRows.all(),
            nodegroups(),
            addons(),
            others())
        .flatMap(List::stream)
        .toList();
  }

  static Row row(String path, Change change, String note) {
    return new Row(path, change, note);
  }

  private static List<Row> metadata() {
    return List.of(
        row("metadata.name", UNUSED, "clusters are named `<environment>-<version>-<number>`"),
        row("metadata.region", NEW_CLUSTER, "must be the environment's region"),
        row("metadata.version", NEW_CLUSTER, "in quotes; the line that an upgrade changes"),
        row(
            "metadata.tags",
            NEXT_CLUSTER,
            "of the cluster; its node groups and add-ons get them too"),
        row("metadata.annotations", NOT_YET, "EKS has none"),
        row("metadata.forceUpdateVersion", REFUSED, "a cluster is never upgraded"),
        row(
            "metadata.rollbackConfig",
            REFUSED,
            "a cluster is never upgraded, so it is never rolled back"));
  }

  private static List<Row> network() {
    return List.of(
        row("vpc.id", NEW_CLUSTER, "the network that the subnets are in"),
        row("vpc.cidr", UNUSED, "EKS takes it from the network"),
        row("vpc.subnets.private.*.id", NEXT_CLUSTER, "the key is a zone or a name of your own"),
        row("vpc.subnets.private.*.az", UNUSED, "EKS takes it from the subnet"),
        row("vpc.subnets.private.*.cidr", UNUSED, "EKS takes it from the subnet"),
        row("vpc.subnets.public.*.id", NEXT_CLUSTER, "the key is a zone or a name of your own"),
        row("vpc.subnets.public.*.az", UNUSED, "EKS takes it from the subnet"),
        row("vpc.subnets.public.*.cidr", UNUSED, "EKS takes it from the subnet"),
        row("vpc.controlPlaneSubnetIDs", NEXT_CLUSTER, "absent: all subnets above"),
        row("vpc.controlPlaneOnPrivateSubnets", NOT_YET, "name `vpc.controlPlaneSubnetIDs`"),
        row("vpc.securityGroup", NEXT_CLUSTER, "an additional one for the control plane"),
        row(
            "vpc.controlPlaneSecurityGroupIDs",
            NEXT_CLUSTER,
            "several, instead of `vpc.securityGroup`"),
        row("vpc.clusterEndpoints.publicAccess", NEXT_CLUSTER, "absent: true"),
        row("vpc.clusterEndpoints.privateAccess", NEXT_CLUSTER, "absent: false"),
        row("vpc.publicAccessCIDRs", NEXT_CLUSTER, "absent: from everywhere"),
        row("vpc.nat", REFUSED, NETWORKS),
        row("vpc.autoAllocateIPv6", REFUSED, NETWORKS),
        row("vpc.ipv6Cidr", REFUSED, NETWORKS),
        row("vpc.ipv6Pool", REFUSED, NETWORKS),
        row("vpc.extraCIDRs", REFUSED, NETWORKS),
        row("vpc.extraIPv6CIDRs", REFUSED, NETWORKS),
        row("vpc.hostnameType", NOT_YET, "EKS's default is used"),
        row(
            "vpc.sharedNodeSecurityGroup",
            NOT_YET,
            "nodes are in EKS's own cluster security group"),
        row(
            "vpc.manageSharedNodeSecurityGroupRules",
            NOT_YET,
            "nodes are in EKS's own cluster security group"),
        row("vpc.localZoneSubnets", NOT_YET, "local zones"),
        row("vpc.controlPlaneEgressMode", NOT_YET, "it can never be changed back"),
        row("kubernetesNetworkConfig.serviceIPv4CIDR", NEW_CLUSTER, "absent: EKS chooses"),
        row("kubernetesNetworkConfig.ipFamily", NEW_CLUSTER, "`IPv4`; IPv6 comes later"),
        row("availabilityZones", REFUSED, NETWORKS),
        row("localZones", REFUSED, NETWORKS),
        row("privateCluster", NOT_YET, "set `vpc.clusterEndpoints` and bring the VPC endpoints"),
        row("outpost", NOT_YET, "clusters on Outposts"),
        row("remoteNetworkConfig", NOT_YET, "hybrid nodes"));
  }

  private static List<Row> nodegroups() {
    String p = "managedNodeGroups[].";
    return List.of(
        row(
            p + "name",
            IN_PLACE,
            "a new group is made; one that is taken out is deleted once its pods fit elsewhere"),
        row(p + "minSize", IN_PLACE, "absent: `desiredCapacity`"),
        row(p + "maxSize", IN_PLACE, "absent: `desiredCapacity`"),
        row(
            p + "desiredCapacity",
            NEXT_CLUSTER,
            "only the size to begin with; then it is the autoscaler's"),
        row(
            p + "instanceType",
            NEXT_CLUSTER,
            "one of the two; absent: `launchTemplate`'s, or EKS's t3.medium if that has none"),
        row(p + "instanceTypes", NEXT_CLUSTER, "in order of preference, one architecture"),
        row(
            p + "amiFamily",
            NEXT_CLUSTER,
            "`AmazonLinux2023` or `Bottlerocket`; absent: EKS chooses"),
        row(
            p + "spot",
            NEXT_CLUSTER,
            "true: spot capacity, which EC2 takes back at will; name several types"),
        row(
            p + "launchTemplate.id",
            NEXT_CLUSTER,
            "not beside `volumeSize`; an image or instance type that it has must not be named here"),
        row(
            p + "launchTemplate.version",
            NEXT_CLUSTER,
            "required: its number; `$Latest` and `$Default` are refused"),
        row(p + "volumeSize", NEXT_CLUSTER, "GiB; absent: EKS's default, not eksctl's 80"),
        row(p + "labels", NEXT_CLUSTER, "of nodes"),
        row(p + "taints", NEXT_CLUSTER, "a list of key, value, effect"),
        row(p + "tags", NEXT_CLUSTER, "of the group"),
        row(p + "subnets", NEXT_CLUSTER, "keys of `vpc.subnets`, or ids"),
        row(
            p + "privateNetworking",
            NEXT_CLUSTER,
            "true: the private subnets; else the public ones"),
        row(
            p + "iam.instanceRoleARN",
            NEXT_CLUSTER,
            "required: an ARN, or a name in the environment's account"),
        row(p + "iam.attachPolicy", REFUSED, ROLES),
        row(p + "iam.attachPolicyARNs", REFUSED, ROLES),
        row(p + "iam.withAddonPolicies", REFUSED, ROLES),
        row(p + "iam.instanceRoleName", REFUSED, ROLES),
        row(p + "iam.instanceRolePermissionsBoundary", REFUSED, ROLES),
        row(p + "iam.instanceProfileARN", NOT_YET, "managed groups take a role"),
        row(p + "updateConfig", NOT_YET, "groups are not updated"),
        row(p + "nodeRepairConfig", NOT_YET, "repair of nodes"),
        row(p + "ssh", NOT_YET, "use Session Manager"),
        row(p + "securityGroups", NOT_YET, TEMPLATE),
        row(p + "availabilityZones", NOT_YET, "name subnets instead"),
        row(p + "volumeType", NOT_YET, TEMPLATE),
        row(p + "volumeIOPS", NOT_YET, TEMPLATE),
        row(p + "volumeThroughput", NOT_YET, TEMPLATE),
        row(p + "volumeName", NOT_YET, TEMPLATE),
        row(p + "volumeEncrypted", NOT_YET, TEMPLATE),
        row(p + "volumeKmsKeyID", NOT_YET, TEMPLATE),
        row(p + "additionalVolumes", NOT_YET, TEMPLATE),
        row(p + "disableIMDSv1", NOT_YET, TEMPLATE),
        row(p + "disablePodIMDS", NOT_YET, TEMPLATE),
        row(p + "ebsOptimized", NOT_YET, TEMPLATE),
        row(p + "enableDetailedMonitoring", NOT_YET, TEMPLATE),
        row(p + "placement", NOT_YET, TEMPLATE),
        row(p + "capacityReservation", NOT_YET, TEMPLATE),
        row(p + "instanceName", NOT_YET, TEMPLATE),
        row(p + "instancePrefix", NOT_YET, TEMPLATE),
        row(
            p + "instanceSelector",
            NOT_YET,
            "name the types: a cluster must come out the same every time"),
        row(p + "maxPodsPerNode", NOT_YET, TEMPLATE),
        row(p + "ami", NOT_YET, CUSTOM_NODES),
        row(p + "preBootstrapCommands", NOT_YET, CUSTOM_NODES),
        row(p + "overrideBootstrapCommand", NOT_YET, CUSTOM_NODES),
        row(p + "bottlerocket", NOT_YET, CUSTOM_NODES),
        row(p + "efaEnabled", NOT_YET, TEMPLATE),
        row(p + "releaseVersion", NOT_YET, "EKS's newest for the version is used"),
        row(p + "asgMetricsCollection", NOT_YET, "metrics of the scaling group"),
        row(p + "propagateASGTags", NOT_YET, "tags of the scaling group"),
        row("nodeGroups", NOT_YET, "self-managed groups; use managedNodeGroups"),
        row("fargateProfiles", NOT_YET, "Fargate"),
        row("autoModeConfig", NOT_YET, "EKS Auto Mode"),
        row("karpenter", NOT_YET, "install it as a release"));
  }

  private static List<Row> addons() {
    String p = "addons[].";
    return List.of(
        row(
            p + "name",
            IN_PLACE,
            "a new add-on is made; of one that is taken out EKS lets go, its objects stay"),
        row(
            p + "version",
            NEXT_CLUSTER,
            "absent: EKS's default for the version; `latest` is refused"),
        row(p + "configurationValues", NEXT_CLUSTER, "JSON or YAML as text"),
        row(p + "resolveConflicts", NEXT_CLUSTER, "`none`, `overwrite` or `preserve`"),
        row(p + "tags", NEXT_CLUSTER, "of the add-on"),
        row(p + "serviceAccountRoleARN", NOT_YET, "roles of add-ons"),
        row(p + "attachPolicyARNs", REFUSED, ROLES),
        row(p + "attachPolicy", REFUSED, ROLES),
        row(p + "wellKnownPolicies", REFUSED, ROLES),
        row(p + "permissionsBoundary", REFUSED, ROLES),
        row(p + "podIdentityAssociations", NOT_YET, IDENTITIES),
        row(p + "useDefaultPodIdentityAssociations", NOT_YET, IDENTITIES),
        row(p + "createPodIdentityAssociations", NOT_YET, IDENTITIES),
        row(p + "namespaceConfig", NOT_YET, "add-ons go to their own namespace"),
        row(p + "publishers", NOT_YET, "searching for add-ons"),
        row(p + "types", NOT_YET, "searching for add-ons"),
        row(p + "owners", NOT_YET, "searching for add-ons"),
        row("addonsConfig", NOT_YET, "list the add-ons that you want"));
  }

  private static List<Row> others() {
    return List.of(
        row("upgradePolicy.supportType", NEXT_CLUSTER, "`STANDARD` or `EXTENDED` (absent)"),
        row(
            "cloudWatch.clusterLogging.enableTypes",
            NEXT_CLUSTER,
            "logs of the control plane; `*` and `all` for all"),
        row("cloudWatch.clusterLogging.logRetentionInDays", NOT_YET, "set it on the log group"),
        row(
            "secretsEncryption.keyARN",
            NEW_CLUSTER,
            "a KMS key in the environment's region, by its ARN; an alias is refused"),
        row("zonalShiftConfig", NOT_YET, "zonal shift"),
        row("controlPlaneScalingConfig", NOT_YET, "a control plane that is scaled beforehand"),
        row("capabilities", NOT_YET, "EKS capabilities"),
        row("deletionProtection", REFUSED, "always on, until the cluster is retired"),
        row("gitops", REFUSED, "releases come from the helmfile"),
        row("git", REFUSED, "releases come from the helmfile"));
  }
}

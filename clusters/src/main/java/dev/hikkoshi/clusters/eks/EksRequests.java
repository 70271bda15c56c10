package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import java.util.List;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AssociateAccessPolicyRequest;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.CreateAddonRequest;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.CreatePodIdentityAssociationRequest;
import software.amazon.awssdk.services.eks.model.Taint;
import software.amazon.awssdk.services.eks.model.VpcConfigRequest;

/**
 * Specs as requests. What a spec leaves open is not sent, so that EKS's own default holds.
 *
 * <p>Only a cluster is created under a token of ours. What hangs on it gets a fresh one of the SDK
 * for each request: a second attempt is known by its name, and a token that is told again after a
 * deletion would be answered with what was deleted.
 */
final class EksRequests {

  /** The one kind of object that EKS encrypts with a key of one's own. */
  static final String SECRETS = "secrets";

  private EksRequests() {}

  /**
   * Deletion protection is on from the first moment; whoever creates is admin, because the
   * controller has to enter the cluster.
   */
  static CreateClusterRequest cluster(ClusterSpec spec) {
    CreateClusterRequest.Builder request =
        CreateClusterRequest.builder()
            .name(spec.name())
            .clientRequestToken(spec.requestToken())
            .version(spec.version())
            .roleArn(spec.roleArn())
            .resourcesVpcConfig(vpc(spec))
            .accessConfig(
                a ->
                    a.authenticationMode(spec.authenticationMode())
                        .bootstrapClusterCreatorAdminPermissions(true))
            .upgradePolicy(u -> u.supportType(spec.supportType()))
            .deletionProtection(true)
            .tags(spec.tags());
    if (spec.serviceIpv4Cidr().isPresent() || spec.ipFamily().isPresent()) {
      request.kubernetesNetworkConfig(
          n -> {
            spec.serviceIpv4Cidr().ifPresent(n::serviceIpv4Cidr);
            spec.ipFamily().ifPresent(n::ipFamily);
          });
    }
    spec.secretsKeyArn()
        .ifPresent(
            key ->
                request.encryptionConfig(e -> e.resources(SECRETS).provider(p -> p.keyArn(key))));
    if (!spec.logTypes().isEmpty()) {
      request.logging(
          l -> l.clusterLogging(s -> s.typesWithStrings(spec.logTypes()).enabled(true)));
    }
    return request.build();
  }

  private static VpcConfigRequest vpc(ClusterSpec spec) {
    VpcConfigRequest.Builder vpc =
        VpcConfigRequest.builder()
            .subnetIds(spec.subnetIds())
            .endpointPublicAccess(spec.publicAccess())
            .endpointPrivateAccess(spec.privateAccess());
    if (!spec.securityGroupIds().isEmpty()) {
      vpc.securityGroupIds(spec.securityGroupIds());
    }
    if (!spec.publicAccessCidrs().isEmpty()) {
      vpc.publicAccessCidrs(spec.publicAccessCidrs());
    }
    return vpc.build();
  }

  static CreateNodegroupRequest nodegroup(String cluster, NodegroupSpec spec) {
    CreateNodegroupRequest.Builder request =
        CreateNodegroupRequest.builder()
            .clusterName(cluster)
            .nodegroupName(spec.name())
            .nodeRole(spec.nodeRoleArn())
            .subnets(spec.subnetIds())
            .scalingConfig(
                s -> s.minSize(spec.min()).maxSize(spec.max()).desiredSize(spec.desired()))
            .labels(spec.labels())
            .taints(taints(spec))
            .tags(spec.tags());
    if (!spec.instanceTypes().isEmpty()) {
      request.instanceTypes(spec.instanceTypes());
    }
    spec.amiType().ifPresent(request::amiType);
    if (spec.spot()) {
      request.capacityType(CapacityTypes.SPOT);
    }
    spec.launchTemplate()
        .ifPresent(t -> request.launchTemplate(l -> l.id(t.id()).version(t.version())));
    spec.diskSize().ifPresent(request::diskSize);
    return request.build();
  }

  private static List<Taint> taints(NodegroupSpec spec) {
    return spec.taints().stream()
        .map(t -> Taint.builder().key(t.key()).value(t.value()).effect(t.effect()).build())
        .toList();
  }

  static CreateAddonRequest addon(String cluster, AddonSpec spec) {
    CreateAddonRequest.Builder request =
        CreateAddonRequest.builder().clusterName(cluster).addonName(spec.name()).tags(spec.tags());
    spec.version().ifPresent(request::addonVersion);
    spec.configurationValues().ifPresent(request::configurationValues);
    spec.resolveConflicts().ifPresent(request::resolveConflicts);
    return request.build();
  }

  static CreateAccessEntryRequest accessEntry(String cluster, AccessEntrySpec spec) {
    return CreateAccessEntryRequest.builder()
        .clusterName(cluster)
        .principalArn(spec.principalArn())
        .kubernetesGroups(spec.groups())
        .build();
  }

  static CreatePodIdentityAssociationRequest podIdentity(String cluster, PodIdentitySpec spec) {
    return CreatePodIdentityAssociationRequest.builder()
        .clusterName(cluster)
        .namespace(spec.namespace())
        .serviceAccount(spec.serviceAccount())
        .roleArn(spec.roleArn())
        .tags(spec.tags())
        .build();
  }

  static AssociateAccessPolicyRequest policy(String cluster, String principal, String policy) {
    return AssociateAccessPolicyRequest.builder()
        .clusterName(cluster)
        .principalArn(principal)
        .policyArn(policy)
        .accessScope(s -> s.type(AccessScopeType.CLUSTER))
        .build();
  }
}

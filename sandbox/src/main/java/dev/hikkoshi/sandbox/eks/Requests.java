package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.state.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of EKS's operations, member by member as in its service model. A member that AWS has
 * and the sandbox does not play is refused, not overlooked.
 */
final class Requests {

  private static final JsonMapper JSON =
      Json.mapper().rebuild().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private Requests() {}

  record CreateCluster(
      @Nullable String name,
      @Nullable String version,
      @Nullable String roleArn,
      @Nullable VpcConfig resourcesVpcConfig,
      @Nullable NetworkConfig kubernetesNetworkConfig,
      @Nullable Logging logging,
      @Nullable String clientRequestToken,
      @Nullable Map<String, String> tags,
      @Nullable List<EncryptionConfig> encryptionConfig,
      @Nullable AccessConfig accessConfig,
      @Nullable Boolean bootstrapSelfManagedAddons,
      @Nullable UpgradePolicy upgradePolicy,
      @Nullable Switch zonalShiftConfig,
      @Nullable Boolean deletionProtection) {}

  record UpdateClusterConfig(
      @Nullable VpcConfig resourcesVpcConfig,
      @Nullable Logging logging,
      @Nullable String clientRequestToken,
      @Nullable AccessConfig accessConfig,
      @Nullable UpgradePolicy upgradePolicy,
      @Nullable Switch zonalShiftConfig,
      @Nullable Boolean deletionProtection) {}

  record VpcConfig(
      @Nullable List<String> subnetIds,
      @Nullable List<String> securityGroupIds,
      @Nullable Boolean endpointPublicAccess,
      @Nullable Boolean endpointPrivateAccess,
      @Nullable List<String> publicAccessCidrs) {}

  record NetworkConfig(@Nullable String serviceIpv4Cidr, @Nullable String ipFamily) {}

  record EncryptionConfig(@Nullable List<String> resources, @Nullable Provider provider) {}

  record Provider(@Nullable String keyArn) {}

  record Logging(@Nullable List<LogSetup> clusterLogging) {}

  record LogSetup(@Nullable List<String> types, @Nullable Boolean enabled) {}

  record AccessConfig(
      @Nullable Boolean bootstrapClusterCreatorAdminPermissions,
      @Nullable String authenticationMode) {}

  record UpgradePolicy(@Nullable String supportType) {}

  record Switch(@Nullable Boolean enabled) {}

  record CreateNodegroup(
      @Nullable String nodegroupName,
      @Nullable Scaling scalingConfig,
      @Nullable Integer diskSize,
      @Nullable List<String> subnets,
      @Nullable List<String> instanceTypes,
      @Nullable String amiType,
      @Nullable String nodeRole,
      @Nullable Map<String, String> labels,
      @Nullable List<Taint> taints,
      @Nullable Map<String, String> tags,
      @Nullable String clientRequestToken,
      @Nullable UpdateConfig updateConfig,
      @Nullable String capacityType,
      @Nullable LaunchTemplate launchTemplate,
      @Nullable String version) {}

  record LaunchTemplate(@Nullable String id, @Nullable String name, @Nullable String version) {}

  record UpdateNodegroupConfig(
      @Nullable UpdateLabels labels,
      @Nullable UpdateTaints taints,
      @Nullable Scaling scalingConfig,
      @Nullable String clientRequestToken) {}

  record UpdateLabels(
      @Nullable Map<String, String> addOrUpdateLabels, @Nullable List<String> removeLabels) {}

  record UpdateTaints(
      @Nullable List<Taint> addOrUpdateTaints, @Nullable List<Taint> removeTaints) {}

  record Scaling(
      @Nullable Integer minSize, @Nullable Integer maxSize, @Nullable Integer desiredSize) {}

  record Taint(@Nullable String key, @Nullable String value, @Nullable String effect) {}

  record UpdateConfig(
      @Nullable Integer maxUnavailable, @Nullable Integer maxUnavailablePercentage) {}

  record CreateAddon(
      @Nullable String addonName,
      @Nullable String addonVersion,
      @Nullable String serviceAccountRoleArn,
      @Nullable String resolveConflicts,
      @Nullable String clientRequestToken,
      @Nullable Map<String, String> tags,
      @Nullable String configurationValues) {}

  record CreateAccessEntry(
      @Nullable String principalArn,
      @Nullable List<String> kubernetesGroups,
      @Nullable Map<String, String> tags,
      @Nullable String clientRequestToken,
      @Nullable String username,
      @Nullable String type) {}

  record UpdateAccessEntry(
      @Nullable List<String> kubernetesGroups,
      @Nullable String clientRequestToken,
      @Nullable String username) {}

  record AssociateAccessPolicy(@Nullable String policyArn, @Nullable AccessScope accessScope) {}

  record AccessScope(@Nullable String type, @Nullable List<String> namespaces) {}

  record CreatePodIdentityAssociation(
      @Nullable String namespace,
      @Nullable String serviceAccount,
      @Nullable String roleArn,
      @Nullable String clientRequestToken,
      @Nullable Map<String, String> tags) {}

  record UpdatePodIdentityAssociation(
      @Nullable String roleArn, @Nullable String clientRequestToken) {}

  record TagResource(@Nullable Map<String, String> tags) {}

  record ListInsights(
      @Nullable JsonNode filter, @Nullable Integer maxResults, @Nullable String nextToken) {}

  /** Reads a body. */
  static <T> T read(AwsRequest request, Class<T> type) {
    byte[] body = request.body().length == 0 ? new byte[] {'{', '}'} : request.body();
    try {
      T value = JSON.readValue(body, type);
      if (value == null) {
        throw EksErrors.invalidParameter("the body is null");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw EksErrors.notPlayed("the member " + e.getPropertyName());
    } catch (JsonProcessingException e) {
      throw EksErrors.invalidParameter("not the expected JSON: " + e.getOriginalMessage());
    } catch (java.io.IOException e) {
      throw EksErrors.invalidParameter("not JSON: " + e.getMessage());
    }
  }

  /** A required member. */
  static <T> T need(@Nullable T value, String member) {
    if (value == null) {
      throw EksErrors.invalidParameter("1 validation error: " + member + " must not be null");
    }
    return value;
  }
}

package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EKS's answers: member names of the service model, times in epoch seconds. */
record Views(String region, String vpcId, String securityGroupId) {

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static BigDecimal time(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }

  private static void tags(ObjectNode out, Map<String, String> tags) {
    ObjectNode node = out.putObject("tags");
    new TreeMap<>(tags).forEach(node::put);
  }

  private static ArrayNode strings(ArrayNode out, List<String> values) {
    values.forEach(out::add);
    return out;
  }

  ObjectNode cluster(ClusterDoc doc, String platformVersion) {
    ClusterDoc.Definition def = doc.definition();
    ObjectNode out = object();
    out.put("name", def.name());
    out.put("arn", def.arn());
    out.put("createdAt", time(def.createdAt()));
    out.put("version", def.version());
    out.put("roleArn", def.roleArn());
    out.put("status", doc.status().name());
    out.put("platformVersion", platformVersion);
    if (def.clientRequestToken() != null) {
      out.put("clientRequestToken", def.clientRequestToken());
    }
    ObjectNode certificate = out.putObject("certificateAuthority");
    ClusterDoc.Endpoint plane = doc.plane();
    if (plane != null) {
      out.put("endpoint", plane.url());
      byte[] pem = plane.caPem().getBytes(StandardCharsets.UTF_8);
      certificate.put("data", Base64.getEncoder().encodeToString(pem));
      out.putObject("identity").putObject("oidc").put("issuer", doc.issuer(region));
    }
    vpc(out.putObject("resourcesVpcConfig"), doc);
    ObjectNode network = out.putObject("kubernetesNetworkConfig");
    network.put("serviceIpv4Cidr", def.serviceCidr()).put("ipFamily", "ipv4");
    network.putObject("elasticLoadBalancing").put("enabled", false);
    if (def.secretsKeyArn() != null) {
      ObjectNode encryption = out.putArray("encryptionConfig").addObject();
      strings(encryption.putArray("resources"), List.of("secrets"));
      encryption.putObject("provider").put("keyArn", def.secretsKeyArn());
    }
    logging(out.putObject("logging").putArray("clusterLogging"), doc.settings().logTypes());
    issues(out.putObject("health").putArray("issues"), doc.issues());
    ClusterDoc.Settings settings = doc.settings();
    out.putObject("accessConfig")
        .put("bootstrapClusterCreatorAdminPermissions", def.creatorIsAdmin())
        .put("authenticationMode", settings.authenticationMode());
    out.putObject("upgradePolicy").put("supportType", settings.supportType());
    out.putObject("zonalShiftConfig").put("enabled", settings.zonalShift());
    out.put("deletionProtection", settings.deletionProtection());
    tags(out, doc.tags());
    return out;
  }

  private void vpc(ObjectNode out, ClusterDoc doc) {
    ClusterDoc.Settings settings = doc.settings();
    strings(out.putArray("subnetIds"), doc.definition().subnetIds());
    strings(out.putArray("securityGroupIds"), doc.definition().securityGroupIds());
    if (doc.plane() != null) {
      out.put("clusterSecurityGroupId", securityGroupId);
    }
    out.put("vpcId", vpcId);
    out.put("endpointPublicAccess", settings.endpointPublicAccess());
    out.put("endpointPrivateAccess", settings.endpointPrivateAccess());
    strings(out.putArray("publicAccessCidrs"), settings.publicAccessCidrs());
  }

  private static void logging(ArrayNode out, List<String> on) {
    List<String> all = List.of("api", "audit", "authenticator", "controllerManager", "scheduler");
    List<String> off = all.stream().filter(type -> !on.contains(type)).toList();
    if (!on.isEmpty()) {
      ObjectNode setup = out.addObject();
      strings(setup.putArray("types"), on);
      setup.put("enabled", true);
    }
    if (!off.isEmpty()) {
      ObjectNode setup = out.addObject();
      strings(setup.putArray("types"), off);
      setup.put("enabled", false);
    }
  }

  private static void issues(ArrayNode out, List<ClusterDoc.Issue> issues) {
    for (ClusterDoc.Issue issue : issues) {
      ObjectNode node = out.addObject();
      node.put("code", issue.code()).put("message", issue.message());
      strings(node.putArray("resourceIds"), issue.resourceIds());
    }
  }

  ObjectNode nodegroup(ClusterDoc doc, NodegroupDoc group, String patch) {
    ObjectNode out = object();
    out.put("nodegroupName", group.name());
    out.put("nodegroupArn", group.arn());
    out.put("clusterName", doc.name());
    out.put("version", group.version());
    out.put("releaseVersion", patch + "-20261101");
    out.put("createdAt", time(group.createdAt()));
    out.put("modifiedAt", time(group.modifiedAt()));
    out.put("status", group.status().name());
    out.put("capacityType", group.capacityType());
    NodegroupDoc.Scaling scaling = group.scaling();
    out.putObject("scalingConfig")
        .put("minSize", scaling.minSize())
        .put("maxSize", scaling.maxSize())
        .put("desiredSize", scaling.desiredSize());
    strings(out.putArray("instanceTypes"), group.instanceTypes());
    strings(out.putArray("subnets"), group.subnets());
    out.put("amiType", group.amiType());
    out.put("nodeRole", group.nodeRole());
    ObjectNode labels = out.putObject("labels");
    new TreeMap<>(group.labels()).forEach(labels::put);
    ArrayNode taints = out.putArray("taints");
    for (NodegroupDoc.Taint taint : group.taints()) {
      ObjectNode node = taints.addObject().put("key", taint.key()).put("effect", taint.effect());
      if (taint.value() != null) {
        node.put("value", taint.value());
      }
    }
    String id = group.arn().substring(group.arn().lastIndexOf('/') + 1);
    out.putObject("resources")
        .putArray("autoScalingGroups")
        .addObject()
        .put("name", "eks-" + group.name() + "-" + id);
    NodegroupDoc.LaunchTemplate template = group.launchTemplate();
    if (template == null) {
      out.put("diskSize", group.diskSize());
    } else {
      out.putObject("launchTemplate").put("id", template.id()).put("version", template.version());
    }
    issues(out.putObject("health").putArray("issues"), group.issues());
    out.putObject("updateConfig").put("maxUnavailable", group.maxUnavailable());
    tags(out, group.tags());
    return out;
  }

  /** CoreDNS is DEGRADED as long as there is no node it could run on. */
  static ObjectNode addon(ClusterDoc doc, AddonDoc addon) {
    boolean nodes =
        doc.nodegroups().values().stream()
            .anyMatch(
                g -> g.status() == NodegroupDoc.Status.ACTIVE && g.scaling().desiredSize() > 0);
    boolean degraded =
        addon.name().equals("coredns") && addon.status() == AddonDoc.Status.ACTIVE && !nodes;
    ObjectNode out = object();
    out.put("addonName", addon.name());
    out.put("clusterName", doc.name());
    out.put("status", degraded ? "DEGRADED" : addon.status().name());
    out.put("addonVersion", addon.version());
    ArrayNode issues = out.putObject("health").putArray("issues");
    if (degraded) {
      issues(
          issues,
          List.of(
              new ClusterDoc.Issue(
                  "InsufficientNumberOfReplicas",
                  "The add-on is unhealthy because it doesn't have the desired number of replicas.",
                  List.of())));
    }
    out.put("addonArn", addon.arn());
    out.put("createdAt", time(addon.createdAt()));
    out.put("modifiedAt", time(addon.modifiedAt()));
    if (addon.serviceAccountRoleArn() != null) {
      out.put("serviceAccountRoleArn", addon.serviceAccountRoleArn());
    }
    if (addon.configurationValues() != null) {
      out.put("configurationValues", addon.configurationValues());
    }
    tags(out, addon.tags());
    return out;
  }

  static ObjectNode accessEntry(ClusterDoc doc, AccessEntryDoc entry) {
    ObjectNode out = object();
    out.put("clusterName", doc.name());
    out.put("principalArn", entry.principalArn());
    strings(out.putArray("kubernetesGroups"), entry.kubernetesGroups());
    out.put("accessEntryArn", entry.arn());
    out.put("createdAt", time(entry.createdAt()));
    out.put("modifiedAt", time(entry.modifiedAt()));
    tags(out, entry.tags());
    out.put("username", entry.username());
    out.put("type", entry.type());
    return out;
  }

  static ObjectNode policy(AccessEntryDoc.Policy policy) {
    ObjectNode out = object();
    out.put("policyArn", policy.policyArn());
    out.putObject("accessScope").put("type", "cluster").putArray("namespaces");
    out.put("associatedAt", time(policy.associatedAt()));
    out.put("modifiedAt", time(policy.modifiedAt()));
    return out;
  }

  static ObjectNode podIdentitySummary(String cluster, PodIdentityDoc association) {
    ObjectNode out = object();
    out.put("clusterName", cluster);
    out.put("namespace", association.namespace());
    out.put("serviceAccount", association.serviceAccount());
    out.put("associationArn", association.arn());
    out.put("associationId", association.id());
    return out;
  }

  static ObjectNode podIdentity(String cluster, PodIdentityDoc association) {
    ObjectNode out = podIdentitySummary(cluster, association);
    out.put("roleArn", association.roleArn());
    out.put("createdAt", time(association.createdAt()));
    out.put("modifiedAt", time(association.modifiedAt()));
    tags(out, association.tags());
    return out;
  }

  static ObjectNode update(UpdateDoc update) {
    ObjectNode out = object();
    out.put("id", update.id());
    out.put("status", update.status().text());
    out.put("type", update.type());
    ArrayNode params = out.putArray("params");
    update.params().forEach(p -> params.addObject().put("type", p.type()).put("value", p.value()));
    out.put("createdAt", time(update.createdAt()));
    out.putArray("errors");
    return out;
  }
}

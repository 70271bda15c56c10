package dev.hikkoshi.sandbox.eks;

import static dev.hikkoshi.sandbox.eks.Requests.need;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.aws.AwsRequest.Principal;
import dev.hikkoshi.sandbox.quotas.ServiceQuota;
import dev.hikkoshi.sandbox.state.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Clusters themselves: made, changed, deleted. */
final class ClusterOperations {

  private static final int MOST_CLUSTERS = ServiceQuota.CLUSTERS.value();

  private static final Pattern KEY_ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:key/[A-Za-z0-9-]+");

  private static final JsonMapper JSON = Json.mapper();

  private final EksStore store;
  private final Lifecycle lifecycle;
  private final Checks checks;
  private final Versions versions;
  private final Arns arns;
  private final InstantSource clock;

  ClusterOperations(
      EksStore store,
      Lifecycle lifecycle,
      Checks checks,
      Versions versions,
      Arns arns,
      InstantSource clock) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.checks = checks;
    this.versions = versions;
    this.arns = arns;
    this.clock = clock;
  }

  ClusterDoc create(Requests.CreateCluster request, Principal by) {
    String name = Checks.clusterName(need(request.name(), "name"));
    String hash = hash(request);
    synchronized (store) {
      Optional<ClusterDoc> there = store.find(name);
      if (there.isPresent()) {
        return repeated(there.get(), request, hash);
      }
      if (store.all().size() >= MOST_CLUSTERS) {
        throw EksErrors.limit("You have reached the limit of " + MOST_CLUSTERS + " clusters.");
      }
      ClusterDoc doc = fresh(name, request, hash, by);
      store.put(doc);
      lifecycle.build(doc);
      return doc;
    }
  }

  /** The same token with the same request answers the same cluster; all else is in use. */
  private static ClusterDoc repeated(
      ClusterDoc there, Requests.CreateCluster request, String hash) {
    String token = request.clientRequestToken();
    boolean sameToken = token != null && token.equals(there.definition().clientRequestToken());
    if (sameToken && hash.equals(there.definition().requestHash())) {
      return there;
    }
    if (sameToken) {
      throw EksErrors.invalidParameter(
          "The clientRequestToken was used before with other parameters.");
    }
    throw EksErrors.inUse("Cluster already exists with name: " + there.name());
  }

  private ClusterDoc fresh(String name, Requests.CreateCluster request, String hash, Principal by) {
    Requests.VpcConfig vpc = need(request.resourcesVpcConfig(), "resourcesVpcConfig");
    String version = request.version() == null ? versions.standard().version() : request.version();
    Versions.Version known =
        versions
            .version(version)
            .filter(v -> versions.support(v) != Versions.Support.UNSUPPORTED)
            .orElseThrow(
                () -> EksErrors.invalidParameter("unsupported Kubernetes version " + version));
    ClusterDoc.Settings settings = settings(request, vpc, known);
    boolean admin =
        request.accessConfig() == null
            || !Boolean.FALSE.equals(
                request.accessConfig().bootstrapClusterCreatorAdminPermissions());
    var definition =
        new ClusterDoc.Definition(
            name,
            arns.cluster(name),
            UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT),
            clock.instant(),
            version,
            checks.role(need(request.roleArn(), "roleArn"), "roleArn"),
            checks.subnets(need(vpc.subnetIds(), "resourcesVpcConfig.subnetIds"), true),
            checks.securityGroups(vpc.securityGroupIds()),
            serviceCidr(request),
            secretsKey(request.encryptionConfig()),
            request.clientRequestToken(),
            hash,
            Arns.iam(by.arn()),
            admin);
    var doc =
        new ClusterDoc(
            definition,
            settings,
            ClusterDoc.Status.CREATING,
            null,
            List.of(),
            Checks.tags(request.tags()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());
    boolean entries = !settings.authenticationMode().equals("CONFIG_MAP");
    return admin && entries ? doc.with(creatorEntry(name, definition.creator())) : doc;
  }

  private AccessEntryDoc creatorEntry(String cluster, String creator) {
    var policy =
        new AccessEntryDoc.Policy(
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            clock.instant(),
            clock.instant());
    return new AccessEntryDoc(
        creator,
        arns.accessEntry(cluster, creator),
        Arns.username(creator),
        List.of(),
        "STANDARD",
        clock.instant(),
        clock.instant(),
        Map.of(),
        Map.of(policy.policyArn(), policy));
  }

  private static ClusterDoc.Settings settings(
      Requests.CreateCluster request, Requests.VpcConfig vpc, Versions.Version version) {
    Requests.AccessConfig access = request.accessConfig();
    String mode = access == null ? null : access.authenticationMode();
    Requests.UpgradePolicy policy = request.upgradePolicy();
    String support = policy == null ? null : policy.supportType();
    Requests.Switch shift = request.zonalShiftConfig();
    boolean open = !Boolean.FALSE.equals(vpc.endpointPublicAccess());
    boolean inner = Boolean.TRUE.equals(vpc.endpointPrivateAccess());
    if (!open && !inner) {
      throw EksErrors.invalidParameter(
          "Private and public endpoint access cannot be both disabled for " + version.version());
    }
    List<String> cidrs = vpc.publicAccessCidrs();
    return new ClusterDoc.Settings(
        Checks.oneOf(mode == null ? "CONFIG_MAP" : mode, "authenticationMode", ConfigChange.MODES),
        Checks.oneOf(support == null ? "EXTENDED" : support, "supportType", ConfigChange.SUPPORT),
        open,
        inner,
        open ? (cidrs == null ? List.of("0.0.0.0/0") : List.copyOf(cidrs)) : List.of(),
        ConfigChange.logTypes(request.logging(), List.of()),
        shift != null && Boolean.TRUE.equals(shift.enabled()),
        Boolean.TRUE.equals(request.deletionProtection()));
  }

  private static String serviceCidr(Requests.CreateCluster request) {
    Requests.NetworkConfig network = request.kubernetesNetworkConfig();
    if (network == null) {
      return "10.100.0.0/16";
    }
    if (network.ipFamily() != null && !network.ipFamily().equals("ipv4")) {
      throw EksErrors.notPlayed("clusters of the family " + network.ipFamily());
    }
    String cidr = network.serviceIpv4Cidr();
    if (cidr == null) {
      return "10.100.0.0/16";
    }
    if (!cidr.matches(
            "(10\\.\\d{1,3}|172\\.(1[6-9]|2\\d|3[01])|192\\.168)(\\.\\d{1,3}){2}/(1[2-9]|2[0-4])")
        && !cidr.matches("10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}/(1[2-9]|2[0-4])")) {
      throw EksErrors.invalidParameter(
          "serviceIpv4Cidr has to lie in a private block, between /24 and /12: " + cidr);
    }
    return cidr;
  }

  /** Keys themselves are not played: one of the right form and region is there. */
  private @Nullable String secretsKey(@Nullable List<Requests.EncryptionConfig> asked) {
    if (asked == null || asked.isEmpty()) {
      return null;
    }
    if (asked.size() > 1) {
      throw EksErrors.invalidParameter("At most one encryptionConfig is allowed.");
    }
    Requests.EncryptionConfig config = asked.getFirst();
    if (!List.of("secrets").equals(need(config.resources(), "encryptionConfig.resources"))) {
      throw EksErrors.invalidParameter("encryptionConfig.resources has to be [secrets]");
    }
    String arn =
        need(
            need(config.provider(), "encryptionConfig.provider").keyArn(),
            "encryptionConfig.provider.keyArn");
    Matcher key = KEY_ARN.matcher(arn);
    if (!key.matches()) {
      throw EksErrors.invalidParameter("The keyArn '" + arn + "' is not the ARN of a key");
    }
    if (!key.group(1).equals(arns.region())) {
      throw EksErrors.invalidParameter(
          "The key '%s' is not in the region of the cluster, %s".formatted(arn, arns.region()));
    }
    return arn;
  }

  private static String hash(Requests.CreateCluster request) {
    try {
      byte[] json = JSON.writeValueAsString(request).getBytes(StandardCharsets.UTF_8);
      return UUID.nameUUIDFromBytes(json).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  ClusterDoc delete(String name) {
    ClusterDoc deleting =
        store.change(
            name,
            doc -> {
              switch (doc.status()) {
                case CREATING, UPDATING ->
                    throw EksErrors.inUse(
                        "Cannot delete because cluster %s currently is %s."
                            .formatted(name, doc.status()));
                case DELETING -> {
                  return doc;
                }
                case ACTIVE, FAILED -> {}
              }
              if (doc.settings().deletionProtection()) {
                throw EksErrors.invalidRequest(
                    "Cluster %s has deletion protection enabled. Disable it before deleting."
                        .formatted(name));
              }
              if (!doc.nodegroups().isEmpty()) {
                throw EksErrors.inUse("Cluster has nodegroups attached");
              }
              lifecycle.delete(name);
              return doc.with(ClusterDoc.Status.DELETING);
            });
    return deleting;
  }

  UpdateDoc update(String name, Requests.UpdateClusterConfig request) {
    UpdateDoc[] made = new UpdateDoc[1];
    store.change(
        name,
        doc -> {
          Optional<UpdateDoc> repeated = repeated(doc, request.clientRequestToken());
          if (repeated.isPresent()) {
            made[0] = repeated.get();
            return doc;
          }
          if (doc.status() != ClusterDoc.Status.ACTIVE) {
            throw EksErrors.inUse(
                "Cannot update because cluster %s currently is %s.".formatted(name, doc.status()));
          }
          ConfigChange change = ConfigChange.of(doc, request);
          UpdateDoc update =
              new UpdateDoc(
                  UUID.randomUUID().toString(),
                  change.type(),
                  UpdateDoc.Status.IN_PROGRESS,
                  change.params(),
                  clock.instant(),
                  null,
                  request.clientRequestToken());
          made[0] = update;
          lifecycle.settleUpdate(name, update.id());
          return doc.with(change.settings()).with(ClusterDoc.Status.UPDATING).withUpdate(update);
        });
    return made[0];
  }

  static Optional<UpdateDoc> repeated(ClusterDoc doc, @Nullable String token) {
    return doc.updates().stream()
        .filter(u -> token != null && token.equals(u.clientRequestToken()))
        .findFirst();
  }
}

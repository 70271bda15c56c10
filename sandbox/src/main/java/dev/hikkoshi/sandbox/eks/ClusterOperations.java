package dev.hikkoshi.sandbox.eks;

import static dev.hikkoshi.sandbox.eks.Requests.need;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.aws.AwsRequest.Principal;
import dev.hikkoshi.sandbox.state.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/** Clusters themselves: made, changed, deleted. */
final class ClusterOperations {

  /** Clusters in a region, a quota (facts/aws.md 3.4). */
  private static final int MOST_CLUSTERS = 100;

  private static final List<String> MODES = List.of("API", "API_AND_CONFIG_MAP", "CONFIG_MAP");
  private static final List<String> SUPPORT = List.of("STANDARD", "EXTENDED");
  private static final List<String> LOGS =
      List.of("api", "audit", "authenticator", "controllerManager", "scheduler");
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
        Checks.oneOf(mode == null ? "CONFIG_MAP" : mode, "authenticationMode", MODES),
        Checks.oneOf(support == null ? "EXTENDED" : support, "supportType", SUPPORT),
        open,
        inner,
        open ? (cidrs == null ? List.of("0.0.0.0/0") : List.copyOf(cidrs)) : List.of(),
        logTypes(request.logging(), List.of()),
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

  private static List<String> logTypes(
      Requests.@org.jspecify.annotations.Nullable Logging logging, List<String> before) {
    if (logging == null || logging.clusterLogging() == null) {
      return before;
    }
    TreeSet<String> on = new TreeSet<>(before);
    for (Requests.LogSetup setup : logging.clusterLogging()) {
      List<String> types = setup.types() == null ? List.of() : setup.types();
      types.forEach(type -> Checks.oneOf(type, "logging.types", LOGS));
      if (Boolean.TRUE.equals(setup.enabled())) {
        on.addAll(types);
      } else {
        types.forEach(on::remove);
      }
    }
    return List.copyOf(on);
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
          Change change = change(doc, request);
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

  static Optional<UpdateDoc> repeated(
      ClusterDoc doc, @org.jspecify.annotations.Nullable String token) {
    return doc.updates().stream()
        .filter(u -> token != null && token.equals(u.clientRequestToken()))
        .findFirst();
  }

  private record Change(String type, ClusterDoc.Settings settings, List<UpdateDoc.Param> params) {}

  /**
   * One kind of change in a call, as EKS has it; asking for nothing, or for what is, is refused.
   */
  private static Change change(ClusterDoc doc, Requests.UpdateClusterConfig request) {
    ClusterDoc.Settings old = doc.settings();
    List<Change> changes = new ArrayList<>();
    Boolean protection = request.deletionProtection();
    if (protection != null) {
      changes.add(
          new Change(
              "DeletionProtectionUpdate",
              SettingsEdit.of(old).deletionProtection(protection),
              List.of(new UpdateDoc.Param("DeletionProtection", protection.toString()))));
    }
    add(
        changes,
        request.upgradePolicy(),
        Requests.UpgradePolicy::supportType,
        (value, _) -> {
          String support = Checks.oneOf(value, "supportType", SUPPORT);
          return new Change(
              "UpgradePolicyUpdate",
              SettingsEdit.of(old).supportType(support),
              List.of(
                  new UpdateDoc.Param("UpgradePolicy", "{\"supportType\":\"" + support + "\"}")));
        });
    add(
        changes,
        request.accessConfig(),
        Requests.AccessConfig::authenticationMode,
        (value, _) -> {
          String mode = Checks.oneOf(value, "authenticationMode", MODES);
          if (MODES.indexOf(mode) > MODES.indexOf(old.authenticationMode())) {
            throw EksErrors.invalidParameter(
                "Unsupported authentication mode update from %s to %s"
                    .formatted(old.authenticationMode(), mode));
          }
          return new Change(
              "AccessConfigUpdate",
              SettingsEdit.of(old).authenticationMode(mode),
              List.of(new UpdateDoc.Param("AuthenticationMode", mode)));
        });
    add(
        changes,
        request.zonalShiftConfig(),
        Requests.Switch::enabled,
        (value, _) ->
            new Change(
                "ZonalShiftConfigUpdate",
                SettingsEdit.of(old).zonalShift(value),
                List.of(new UpdateDoc.Param("ZonalShiftConfig", "{\"enabled\":" + value + "}"))));
    if (request.logging() != null) {
      List<String> types = logTypes(request.logging(), old.logTypes());
      changes.add(
          new Change(
              "LoggingUpdate",
              SettingsEdit.of(old).logTypes(types),
              List.of(new UpdateDoc.Param("ClusterLogging", String.join(",", types)))));
    }
    if (request.resourcesVpcConfig() != null) {
      changes.add(endpointChange(old, request.resourcesVpcConfig()));
    }
    if (changes.size() != 1) {
      throw EksErrors.invalidParameter(
          changes.isEmpty()
              ? "No changes needed for the cluster config update"
              : "Only one type of update can be allowed.");
    }
    if (changes.getFirst().settings().equals(old)) {
      throw EksErrors.invalidParameter("The cluster is already at the desired configuration.");
    }
    return changes.getFirst();
  }

  private static <T, V> void add(
      List<Change> changes,
      @org.jspecify.annotations.Nullable T part,
      java.util.function.Function<T, @org.jspecify.annotations.Nullable V> member,
      BiFunction<V, T, Change> change) {
    if (part != null) {
      V value = member.apply(part);
      if (value != null) {
        changes.add(change.apply(value, part));
      }
    }
  }

  private static Change endpointChange(ClusterDoc.Settings old, Requests.VpcConfig vpc) {
    if (vpc.subnetIds() != null || vpc.securityGroupIds() != null) {
      throw EksErrors.notPlayed("a change of a cluster's subnets or security groups");
    }
    boolean open =
        vpc.endpointPublicAccess() == null
            ? old.endpointPublicAccess()
            : vpc.endpointPublicAccess();
    boolean inner =
        vpc.endpointPrivateAccess() == null
            ? old.endpointPrivateAccess()
            : vpc.endpointPrivateAccess();
    List<String> cidrs =
        vpc.publicAccessCidrs() == null ? old.publicAccessCidrs() : vpc.publicAccessCidrs();
    if (!open && !inner) {
      throw EksErrors.invalidParameter(
          "Private and public endpoint access cannot be both disabled");
    }
    return new Change(
        "EndpointAccessUpdate",
        SettingsEdit.of(old).endpoints(open, inner, open ? cidrs : List.of()),
        List.of(
            new UpdateDoc.Param("EndpointPublicAccess", String.valueOf(open)),
            new UpdateDoc.Param("EndpointPrivateAccess", String.valueOf(inner)),
            new UpdateDoc.Param("PublicAccessCidrs", String.join(",", cidrs))));
  }
}

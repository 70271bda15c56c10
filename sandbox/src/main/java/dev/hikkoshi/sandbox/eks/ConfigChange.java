package dev.hikkoshi.sandbox.eks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one UpdateClusterConfig changes.
 *
 * @param type EKS's word for the kind of update
 * @param settings the settings after it
 * @param params what DescribeUpdate tells of it
 */
record ConfigChange(String type, ClusterDoc.Settings settings, List<UpdateDoc.Param> params) {

  /** From the newest mode to the oldest; a cluster goes only towards the newest. */
  static final List<String> MODES = List.of("API", "API_AND_CONFIG_MAP", "CONFIG_MAP");

  static final List<String> SUPPORT = List.of("STANDARD", "EXTENDED");
  private static final List<String> LOGS =
      List.of("api", "audit", "authenticator", "controllerManager", "scheduler");

  /**
   * One kind of change in a call, as EKS has it; asking for nothing, or for what is, is refused.
   */
  static ConfigChange of(ClusterDoc doc, Requests.UpdateClusterConfig request) {
    ClusterDoc.Settings old = doc.settings();
    List<ConfigChange> changes = new ArrayList<>();
    Boolean protection = request.deletionProtection();
    if (protection != null) {
      changes.add(
          new ConfigChange(
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
          return new ConfigChange(
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
          return new ConfigChange(
              "AccessConfigUpdate",
              SettingsEdit.of(old).authenticationMode(mode),
              List.of(new UpdateDoc.Param("AuthenticationMode", mode)));
        });
    add(
        changes,
        request.zonalShiftConfig(),
        Requests.Switch::enabled,
        (value, _) ->
            new ConfigChange(
                "ZonalShiftConfigUpdate",
                SettingsEdit.of(old).zonalShift(value),
                List.of(new UpdateDoc.Param("ZonalShiftConfig", "{\"enabled\":" + value + "}"))));
    if (request.logging() != null) {
      List<String> types = logTypes(request.logging(), old.logTypes());
      changes.add(
          new ConfigChange(
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
      List<ConfigChange> changes,
      @Nullable T part,
      Function<T, @Nullable V> member,
      BiFunction<V, T, ConfigChange> change) {
    if (part != null) {
      V value = member.apply(part);
      if (value != null) {
        changes.add(change.apply(value, part));
      }
    }
  }

  private static ConfigChange endpointChange(ClusterDoc.Settings old, Requests.VpcConfig vpc) {
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
    return new ConfigChange(
        "EndpointAccessUpdate",
        SettingsEdit.of(old).endpoints(open, inner, open ? cidrs : List.of()),
        List.of(
            new UpdateDoc.Param("EndpointPublicAccess", String.valueOf(open)),
            new UpdateDoc.Param("EndpointPrivateAccess", String.valueOf(inner)),
            new UpdateDoc.Param("PublicAccessCidrs", String.join(",", cidrs))));
  }

  static List<String> logTypes(Requests.@Nullable Logging logging, List<String> before) {
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
}

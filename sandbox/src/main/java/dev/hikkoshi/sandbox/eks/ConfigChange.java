package dev.hikkoshi.sandbox.eks;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    List<ConfigChange> changes =
        Stream.of(
                Optional.ofNullable(request.deletionProtection()).map(on -> protection(old, on)),
                Optional.ofNullable(request.upgradePolicy())
                    .map(Requests.UpgradePolicy::supportType)
                    .map(type -> upgradePolicy(old, type)),
                Optional.ofNullable(request.accessConfig())
                    .map(Requests.AccessConfig::authenticationMode)
                    .map(mode -> authentication(old, mode)),
                Optional.ofNullable(request.zonalShiftConfig())
                    .map(Requests.Switch::enabled)
                    .map(on -> zonalShift(old, on)),
                Optional.ofNullable(request.logging()).map(logging -> logging(old, logging)),
                Optional.ofNullable(request.resourcesVpcConfig())
                    .map(vpc -> endpointChange(old, vpc)))
            .flatMap(Optional::stream)
            .toList();
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

  private static ConfigChange one(
      String type, ClusterDoc.Settings settings, String param, String value) {
    return new ConfigChange(type, settings, List.of(new UpdateDoc.Param(param, value)));
  }

  private static ConfigChange protection(ClusterDoc.Settings old, boolean on) {
    return one(
        "DeletionProtectionUpdate",
        SettingsEdit.of(old).deletionProtection(on),
        "DeletionProtection",
        String.valueOf(on));
  }

  private static ConfigChange upgradePolicy(ClusterDoc.Settings old, String type) {
    String support = Checks.oneOf(type, "supportType", SUPPORT);
    return one(
        "UpgradePolicyUpdate",
        SettingsEdit.of(old).supportType(support),
        "UpgradePolicy",
        "{\"supportType\":\"" + support + "\"}");
  }

  private static ConfigChange authentication(ClusterDoc.Settings old, String wanted) {
    String mode = Checks.oneOf(wanted, "authenticationMode", MODES);
    if (MODES.indexOf(mode) > MODES.indexOf(old.authenticationMode())) {
      throw EksErrors.invalidParameter(
          "Unsupported authentication mode update from %s to %s"
              .formatted(old.authenticationMode(), mode));
    }
    return one(
        "AccessConfigUpdate",
        SettingsEdit.of(old).authenticationMode(mode),
        "AuthenticationMode",
        mode);
  }

  private static ConfigChange zonalShift(ClusterDoc.Settings old, boolean on) {
    return one(
        "ZonalShiftConfigUpdate",
        SettingsEdit.of(old).zonalShift(on),
        "ZonalShiftConfig",
        "{\"enabled\":" + on + "}");
  }

  private static ConfigChange logging(ClusterDoc.Settings old, Requests.Logging asked) {
    List<String> types = logTypes(asked, old.logTypes());
    return one(
        "LoggingUpdate",
        SettingsEdit.of(old).logTypes(types),
        "ClusterLogging",
        String.join(",", types));
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

package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What EKS tells of the versions on offer, of clusters and of add-ons. */
final class VersionOperations {

  private final Versions versions;

  VersionOperations(Versions versions) {
    this.versions = versions;
  }

  ObjectNode clusterVersions(AwsRequest request) {
    List<String> asked = request.query().getOrDefault("clusterVersions", List.of());
    boolean defaultOnly = request.query("defaultOnly").map(Boolean::parseBoolean).orElse(false);
    boolean all = request.query("includeAll").map(Boolean::parseBoolean).orElse(false);
    Optional<Versions.Support> support = support(request);
    for (String version : asked) {
      if (versions.version(version).isEmpty()) {
        throw EksErrors.invalidParameter("Unsupported cluster version " + version);
      }
    }
    ObjectNode out = Views.object();
    ArrayNode list = out.putArray("clusterVersions");
    versions.table().versions().stream()
        .filter(v -> asked.isEmpty() || asked.contains(v.version()))
        .filter(v -> !defaultOnly || v.standard())
        .filter(v -> support.isEmpty() || versions.support(v) == support.get())
        .filter(
            v -> all || support.isPresent() || versions.support(v) != Versions.Support.UNSUPPORTED)
        .forEach(v -> write(list.addObject(), v));
    return out;
  }

  private static Optional<Versions.Support> support(AwsRequest request) {
    return request
        .query("versionStatus")
        .or(() -> request.query("status"))
        .map(
            text ->
                Stream.of(Versions.Support.values())
                    .filter(s -> s.name().equals(text) || s.old().equals(text))
                    .findFirst()
                    .orElseThrow(
                        () -> EksErrors.invalidParameter("Unknown version status " + text)));
  }

  private void write(ObjectNode out, Versions.Version version) {
    out.put("clusterVersion", version.version());
    out.put("clusterType", "eks");
    out.put("defaultPlatformVersion", version.platformVersion());
    out.put("defaultVersion", version.standard());
    out.put("releaseDate", Views.time(day(version.released())));
    out.put("endOfStandardSupportDate", Views.time(day(version.endOfStandardSupport())));
    out.put("endOfExtendedSupportDate", Views.time(day(version.endOfExtendedSupport())));
    out.put("status", versions.support(version).old());
    out.put("versionStatus", versions.support(version).name());
    out.put("kubernetesPatchVersion", version.patch());
  }

  private static Instant day(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  ObjectNode addonVersions(AwsRequest request) {
    Optional<String> name = request.query("addonName");
    Optional<String> kubernetes = request.query("kubernetesVersion");
    if (name.isPresent() && versions.addon(name.get()).isEmpty()) {
      throw EksErrors.notFound("No addon found for name: " + name.get());
    }
    ObjectNode out = Views.object();
    ArrayNode list = out.putArray("addons");
    for (Versions.Addon addon : versions.table().addons()) {
      List<Versions.AddonVersion> fitting =
          addon.versions().stream()
              .filter(v -> kubernetes.isEmpty() || v.fits().contains(kubernetes.get()))
              .toList();
      boolean other = name.isPresent() && !name.get().equals(addon.name());
      if (other || fitting.isEmpty()) {
        continue;
      }
      ObjectNode node = list.addObject();
      node.put("addonName", addon.name()).put("type", addon.type());
      node.put("publisher", "eks").put("owner", "aws");
      node.put("defaultNamespace", addon.namespace());
      ArrayNode addonVersions = node.putArray("addonVersions");
      fitting.forEach(v -> write(addonVersions.addObject(), v, kubernetes));
    }
    return out;
  }

  private static void write(
      ObjectNode out, Versions.AddonVersion version, Optional<String> kubernetes) {
    out.put("addonVersion", version.version());
    out.putArray("architecture").add("amd64").add("arm64");
    out.putArray("computeTypes").add("ec2");
    ArrayNode compatibilities = out.putArray("compatibilities");
    for (String minor : version.fits()) {
      if (kubernetes.isEmpty() || kubernetes.get().equals(minor)) {
        ObjectNode node = compatibilities.addObject();
        node.put("clusterVersion", minor);
        node.putArray("platformVersions").add("*");
        node.put("defaultVersion", version.defaultOf().contains(minor));
      }
    }
    out.put("requiresConfiguration", false);
    out.put("requiresIamPermissions", false);
  }

  /** One insight: nothing that the next minor removes is in use. */
  ObjectNode insights(ClusterDoc doc, Instant now) {
    ObjectNode out = Views.object();
    ArrayNode list = out.putArray("insights");
    versions.table().versions().stream()
        .filter(v -> v.sortKey() == sortKey(doc) + 1)
        .findFirst()
        .ifPresent(
            next -> {
              ObjectNode insight = list.addObject();
              insight.put("id", doc.definition().uid().substring(0, 8) + "-" + next.version());
              insight.put("name", "Deprecated APIs removed in Kubernetes v" + next.version());
              insight.put("category", "UPGRADE_READINESS");
              insight.put("kubernetesVersion", next.version());
              insight.put("lastRefreshTime", Views.time(now));
              insight.put("lastTransitionTime", Views.time(doc.definition().createdAt()));
              insight.put(
                  "description",
                  "Checks for usage of deprecated APIs that are scheduled for removal in Kubernetes v"
                      + next.version()
                      + ".");
              insight
                  .putObject("insightStatus")
                  .put("status", "PASSING")
                  .put("reason", "No deprecated API usage detected within the last 30 days.");
            });
    return out;
  }

  private int sortKey(ClusterDoc doc) {
    return versions.version(doc.definition().version()).map(Versions.Version::sortKey).orElse(0);
  }
}

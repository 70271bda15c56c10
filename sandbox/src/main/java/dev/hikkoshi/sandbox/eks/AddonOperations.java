package dev.hikkoshi.sandbox.eks;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Add-ons: their records, not what they install. */
final class AddonOperations {

  private static final List<String> CONFLICTS = List.of("NONE", "OVERWRITE", "PRESERVE");

  private final EksStore store;
  private final Lifecycle lifecycle;
  private final Checks checks;
  private final Versions versions;
  private final Arns arns;
  private final InstantSource clock;

  AddonOperations(
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

  static AddonDoc need(ClusterDoc doc, String addon) {
    return Optional.ofNullable(doc.addons().get(addon))
        .orElseThrow(
            () ->
                EksErrors.notFound(
                    "No addon: %s found in cluster: %s".formatted(addon, doc.name())));
  }

  AddonDoc create(String cluster, Requests.CreateAddon request) {
    String name = Requests.need(request.addonName(), "addonName");
    if (request.resolveConflicts() != null) {
      Checks.oneOf(request.resolveConflicts(), "resolveConflicts", CONFLICTS);
    }
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              AddonDoc there = doc.addons().get(name);
              if (there != null) {
                String token = request.clientRequestToken();
                if (token != null && token.equals(there.clientRequestToken())) {
                  return doc;
                }
                throw EksErrors.inUse("Addon already exists.");
              }
              if (doc.status() != ClusterDoc.Status.ACTIVE) {
                throw EksErrors.invalidRequest(
                    "Cluster %s is not in ACTIVE state".formatted(cluster));
              }
              lifecycle.activateAddon(cluster, name);
              return doc.with(fresh(doc, name, request));
            });
    return need(changed, name);
  }

  private AddonDoc fresh(ClusterDoc doc, String name, Requests.CreateAddon request) {
    Versions.Addon addon =
        versions
            .addon(name)
            .orElseThrow(
                () -> EksErrors.invalidParameter("Addon " + name + " specified is not supported"));
    String kubernetes = doc.definition().version();
    String version = request.addonVersion();
    List<Versions.AddonVersion> fitting =
        addon.versions().stream().filter(v -> v.fits().contains(kubernetes)).toList();
    String chosen =
        fitting.stream()
            .filter(
                v ->
                    version == null
                        ? v.defaultOf().contains(kubernetes)
                        : v.version().equals(version))
            .findFirst()
            .map(Versions.AddonVersion::version)
            .orElseThrow(
                () ->
                    EksErrors.invalidParameter(
                        "Addon version specified is not supported, %s %s on Kubernetes %s"
                            .formatted(name, version == null ? "(default)" : version, kubernetes)));
    String role = request.serviceAccountRoleArn();
    return new AddonDoc(
        name,
        arns.addon(doc.name(), name),
        chosen,
        AddonDoc.Status.CREATING,
        clock.instant(),
        clock.instant(),
        role == null ? null : checks.role(role, "serviceAccountRoleArn"),
        request.configurationValues(),
        request.clientRequestToken(),
        Checks.tags(request.tags()));
  }

  AddonDoc delete(String cluster, String name) {
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              AddonDoc addon = need(doc, name);
              if (addon.status() == AddonDoc.Status.DELETING) {
                return doc;
              }
              lifecycle.removeAddon(cluster, name);
              return doc.with(addon.with(AddonDoc.Status.DELETING, clock.instant()));
            });
    return need(changed, name);
  }
}

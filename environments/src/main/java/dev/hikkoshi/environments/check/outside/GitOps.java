package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Argo CD, Flux and Fleet: agents that write into the cluster (and some into Git) by themselves.
 */
final class GitOps implements Detector {

  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "argoproj.io", Set.of("Application", "ApplicationSet"),
          "kustomize.toolkit.fluxcd.io", Set.of("Kustomization"),
          "helm.toolkit.fluxcd.io", Set.of("HelmRelease"),
          "image.toolkit.fluxcd.io", Set.of("ImageUpdateAutomation"),
          "fleet.cattle.io", Set.of("GitRepo", "Bundle"));

  private static final List<String> AGENTS =
      List.of(
          "argocd",
          "argocd-image-updater",
          "kustomize-controller",
          "helm-controller",
          "image-automation-controller",
          "fleet-agent");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    if (KINDS.getOrDefault(Texts.group(object), Set.of()).contains(object.kind())) {
      found.always(EffectKind.GITOPS_AGENT, object.kind() + " is applied by its agent");
      return;
    }
    for (Pods.Container container : Pods.of(object).containers()) {
      for (String agent : AGENTS) {
        if (container.image(agent)) {
          found.always(EffectKind.GITOPS_AGENT, agent + " runs beside Hikkoshi");
          return;
        }
      }
    }
  }
}

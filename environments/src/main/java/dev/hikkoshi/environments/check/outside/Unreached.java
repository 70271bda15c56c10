package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Workloads that no Service selects: nothing of what they do waits for traffic. Those that work on
 * their own cluster only are left out, and those of which something else is known already.
 */
final class Unreached implements Detector {

  private static final Set<String> KINDS =
      Set.of("Deployment", "StatefulSet", "ReplicaSet", "Rollout");

  /** They watch and change their own cluster; a second cluster is a second subject. */
  private static final List<String> INSIDE =
      List.of(
          "external-dns",
          "load-balancer-controller",
          "cluster-autoscaler",
          "karpenter",
          "cluster-proportional-autoscaler",
          "cluster-proportional-autoscaler-amd64",
          "coredns",
          "metrics-server",
          "kube-state-metrics",
          "kube-rbac-proxy",
          "node-problem-detector",
          "descheduler",
          "reloader",
          "ebs-csi-driver",
          "efs-csi-driver",
          "csi-provisioner",
          "csi-attacher",
          "csi-resizer",
          "csi-snapshotter",
          "snapshot-controller",
          "vpa-recommender",
          "vpa-updater",
          "vpa-admission-controller",
          "cert-manager-controller",
          "cert-manager-cainjector",
          "keda",
          "keda-metrics-apiserver",
          "external-secrets",
          "prometheus-operator",
          "eks-pod-identity-agent",
          "amazon-k8s-cni");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    if (!KINDS.contains(object.kind()) || found.anything()) {
      return;
    }
    Pods pods = Pods.of(object);
    boolean none = Texts.text(object.tree(), "spec", "replicas").filter("0"::equals).isPresent();
    boolean inside =
        pods.containers().stream().anyMatch(c -> INSIDE.stream().anyMatch(c::image))
            || pods.containers().isEmpty();
    boolean selected =
        around.selectors().getOrDefault(object.namespace(), List.of()).stream()
            .anyMatch(selector -> selects(selector, pods.labels()));
    if (!none && !inside && !selected) {
      found.always(EffectKind.UNREACHED, "no Service selects its pods");
    }
  }

  private static boolean selects(Map<?, ?> selector, Map<?, ?> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }
}

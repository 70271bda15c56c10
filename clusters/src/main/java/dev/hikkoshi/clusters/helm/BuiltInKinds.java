package dev.hikkoshi.clusters.helm;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What every Kubernetes that EKS offers serves, for rendering without a cluster; from the API
 * reference of Kubernetes 1.34. A custom kind that nobody defines counts as namespaced, but for
 * those whose scope is known from their projects.
 */
final class BuiltInKinds {

  private static final List<String> VERSIONS =
      List.of(
          "v1",
          "admissionregistration.k8s.io/v1",
          "apiextensions.k8s.io/v1",
          "apiregistration.k8s.io/v1",
          "apps/v1",
          "authentication.k8s.io/v1",
          "authorization.k8s.io/v1",
          "autoscaling/v1",
          "autoscaling/v2",
          "batch/v1",
          "certificates.k8s.io/v1",
          "coordination.k8s.io/v1",
          "discovery.k8s.io/v1",
          "events.k8s.io/v1",
          "flowcontrol.apiserver.k8s.io/v1",
          "networking.k8s.io/v1",
          "node.k8s.io/v1",
          "policy/v1",
          "rbac.authorization.k8s.io/v1",
          "scheduling.k8s.io/v1",
          "storage.k8s.io/v1");

  /** Charts ask for single kinds too. */
  private static final List<String> KINDS =
      List.of(
          "apps/v1/Deployment",
          "apps/v1/StatefulSet",
          "apps/v1/DaemonSet",
          "autoscaling/v2/HorizontalPodAutoscaler",
          "batch/v1/CronJob",
          "batch/v1/Job",
          "networking.k8s.io/v1/Ingress",
          "networking.k8s.io/v1/IngressClass",
          "networking.k8s.io/v1/NetworkPolicy",
          "policy/v1/PodDisruptionBudget",
          "rbac.authorization.k8s.io/v1/ClusterRole");

  private static final Set<String> CLUSTER_SCOPED =
      Set.of(
          "/Namespace",
          "/Node",
          "/PersistentVolume",
          "admissionregistration.k8s.io/MutatingWebhookConfiguration",
          "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
          "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
          "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
          "apiextensions.k8s.io/CustomResourceDefinition",
          "apiregistration.k8s.io/APIService",
          "certificates.k8s.io/CertificateSigningRequest",
          "flowcontrol.apiserver.k8s.io/FlowSchema",
          "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
          "networking.k8s.io/IngressClass",
          "node.k8s.io/RuntimeClass",
          "rbac.authorization.k8s.io/ClusterRole",
          "rbac.authorization.k8s.io/ClusterRoleBinding",
          "scheduling.k8s.io/PriorityClass",
          "storage.k8s.io/CSIDriver",
          "storage.k8s.io/StorageClass",
          "cert-manager.io/ClusterIssuer",
          "elbv2.k8s.aws/IngressClassParams",
          "karpenter.k8s.aws/EC2NodeClass",
          "karpenter.sh/NodePool",
          "external-secrets.io/ClusterSecretStore",
          "gateway.networking.k8s.io/GatewayClass",
          "keda.sh/ClusterTriggerAuthentication");

  private BuiltInKinds() {}

  static SortedSet<String> apiVersions() {
    SortedSet<String> all = new TreeSet<>(VERSIONS);
    all.addAll(KINDS);
    return all;
  }

  static boolean clusterScoped(String group, String kind) {
    return CLUSTER_SCOPED.contains(group + "/" + kind);
  }
}

package dev.hikkoshi.sandbox.cluster;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * EKS's access policies in the words of RBAC. On AWS they are an authorizer of their own; here a
 * user with a policy is in a group, and the group is bound to the cluster role that Kubernetes
 * brings along for the same purpose.
 */
public final class AccessRoles {

  private static final String POLICY = "arn:aws:eks::aws:cluster-access-policy/";

  private static final Map<String, String> ROLES =
      Map.of(
          "AmazonEKSClusterAdminPolicy", "cluster-admin",
          "AmazonEKSAdminPolicy", "admin",
          "AmazonEKSEditPolicy", "edit",
          "AmazonEKSViewPolicy", "view");

  private AccessRoles() {}

  /** Whether the sandbox plays the policy. */
  public static boolean knows(String policyArn) {
    return policyArn.startsWith(POLICY) && ROLES.containsKey(policyArn.substring(POLICY.length()));
  }

  /** The group whose members have the policy in the whole cluster. */
  public static String group(String policyArn) {
    return "eks-access-policy:" + policyArn.substring(POLICY.length());
  }

  static void ensure(KubernetesClient client) {
    ROLES.forEach((policy, role) -> client.resource(binding(policy, role)).serverSideApply());
  }

  private static ClusterRoleBinding binding(String policy, String role) {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName("eks-access-policy:" + policy)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
        .addNewSubject("rbac.authorization.k8s.io", "Group", group(POLICY + policy), null)
        .build();
  }
}

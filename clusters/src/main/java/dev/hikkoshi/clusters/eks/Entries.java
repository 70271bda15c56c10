package dev.hikkoshi.clusters.eks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;

/** Access entries in the words of a cluster file. */
final class Entries {

  private static final String STANDARD = "STANDARD";

  /** EKS's own principals; every cluster has them without anybody's asking. */
  private static final String SERVICE_LINKED = ":role/aws-service-role/";

  private final List<String> unsaid;

  /**
   * Of one cluster.
   *
   * @param unsaid gets a sentence for each thing that cannot be said
   */
  Entries(List<String> unsaid) {
    this.unsaid = unsaid;
  }

  /** The entry; empty where EKS makes it by itself, or a file cannot say it. */
  Optional<Map<String, Object>> of(
      AccessEntry entry, List<AssociatedAccessPolicy> policies, List<String> nodeRoles) {
    String principal = entry.principalArn();
    if (principal.contains(SERVICE_LINKED) || nodeRoles.contains(principal)) {
      return Optional.empty();
    }
    if (entry.type() != null && !entry.type().equals(STANDARD)) {
      unsaid.add("the access entry of %s has type %s".formatted(principal, entry.type()));
      return Optional.empty();
    }
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("principalARN", principal);
    if (!entry.kubernetesGroups().isEmpty()) {
      said.put("kubernetesGroups", entry.kubernetesGroups());
    }
    List<Map<String, Object>> whole = new ArrayList<>();
    for (AssociatedAccessPolicy policy : policies) {
      if (policy.accessScope() != null
          && policy.accessScope().type() == AccessScopeType.NAMESPACE) {
        unsaid.add(
            "policy %s of %s is for namespaces %s alone"
                .formatted(policy.policyArn(), principal, policy.accessScope().namespaces()));
      } else {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("policyARN", policy.policyArn());
        one.put("accessScope", Map.of("type", "cluster"));
        whole.add(one);
      }
    }
    if (!whole.isEmpty()) {
      said.put("accessPolicies", whole);
    }
    return Optional.of(said);
  }
}

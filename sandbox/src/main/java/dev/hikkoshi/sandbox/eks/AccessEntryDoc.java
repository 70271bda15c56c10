package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who may use a cluster, and as whom. */
record AccessEntryDoc(
    String principalArn,
    String arn,
    String username,
    List<String> kubernetesGroups,
    String type,
    Instant createdAt,
    Instant modifiedAt,
    Map<String, String> tags,
    Map<String, Policy> policies) {

  /** A policy that was associated, in the whole cluster. */
  record Policy(String policyArn, Instant associatedAt, Instant modifiedAt) {}

  AccessEntryDoc {
    kubernetesGroups = List.copyOf(kubernetesGroups);
    tags = Map.copyOf(tags);
    policies = Map.copyOf(policies);
  }

  AccessEntryDoc with(Policy policy) {
    Map<String, Policy> next = new TreeMap<>(policies);
    next.put(policy.policyArn(), policy);
    return withPolicies(next, policy.modifiedAt());
  }

  AccessEntryDoc withoutPolicy(String policyArn, Instant now) {
    Map<String, Policy> next = new TreeMap<>(policies);
    next.remove(policyArn);
    return withPolicies(next, now);
  }

  private AccessEntryDoc withPolicies(Map<String, Policy> next, Instant now) {
    return new AccessEntryDoc(
        principalArn, arn, username, kubernetesGroups, type, createdAt, now, tags, next);
  }

  AccessEntryDoc withTags(Map<String, String> next) {
    return new AccessEntryDoc(
        principalArn, arn, username, kubernetesGroups, type, createdAt, modifiedAt, next, policies);
  }
}

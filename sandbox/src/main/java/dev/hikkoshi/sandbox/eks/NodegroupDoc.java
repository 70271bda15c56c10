package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A managed node group. */
record NodegroupDoc(
    String name,
    String arn,
    Instant createdAt,
    Instant modifiedAt,
    Status status,
    String version,
    String nodeRole,
    List<String> subnets,
    List<String> instanceTypes,
    String capacityType,
    String amiType,
    int diskSize,
    @Nullable LaunchTemplate launchTemplate,
    Scaling scaling,
    Map<String, String> labels,
    List<Taint> taints,
    int maxUnavailable,
    Map<String, String> tags,
    @Nullable String clientRequestToken,
    List<ClusterDoc.Issue> issues) {

  enum Status {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING,
    CREATE_FAILED
  }

  record Scaling(int minSize, int maxSize, int desiredSize) {}

  /** A launch template, at the number that a version was when the group was made. */
  record LaunchTemplate(String id, String version) {}

  /** A taint in EKS's words, for example NO_SCHEDULE. */
  record Taint(String key, @Nullable String value, String effect) {}

  NodegroupDoc {
    subnets = List.copyOf(subnets);
    instanceTypes = List.copyOf(instanceTypes);
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    tags = Map.copyOf(tags);
    issues = List.copyOf(issues);
  }

  NodegroupDoc with(Status next, Instant now) {
    return copy(next, now, scaling, labels, taints, tags, issues);
  }

  NodegroupDoc changed(
      Scaling size, Map<String, String> withLabels, List<Taint> withTaints, Instant now) {
    return copy(Status.UPDATING, now, size, withLabels, withTaints, tags, issues);
  }

  NodegroupDoc withTags(Map<String, String> next) {
    return copy(status, modifiedAt, scaling, labels, taints, next, issues);
  }

  NodegroupDoc failed(ClusterDoc.Issue issue, Instant now) {
    return copy(Status.CREATE_FAILED, now, scaling, labels, taints, tags, List.of(issue));
  }

  private NodegroupDoc copy(
      Status next,
      Instant now,
      Scaling size,
      Map<String, String> withLabels,
      List<Taint> withTaints,
      Map<String, String> withTags,
      List<ClusterDoc.Issue> withIssues) {
    return new NodegroupDoc(
        name,
        arn,
        createdAt,
        now,
        next,
        version,
        nodeRole,
        subnets,
        instanceTypes,
        capacityType,
        amiType,
        diskSize,
        launchTemplate,
        size,
        withLabels,
        withTaints,
        maxUnavailable,
        withTags,
        clientRequestToken,
        withIssues);
  }
}

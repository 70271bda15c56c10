package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with all that belongs to it: one document of the state, replaced whole.
 *
 * <pre>
 * CREATING → ACTIVE ⇄ UPDATING
 *     ↓         ↓
 *   FAILED → DELETING → (gone)
 * </pre>
 *
 * @param definition what was asked for and never changes
 * @param settings what UpdateClusterConfig may change
 * @param status EKS's word
 * @param plane the endpoint, once it is known
 * @param issues what EKS says is wrong
 * @param tags tags of the cluster
 * @param nodegroups by name
 * @param addons by name
 * @param entries access entries by principal
 * @param podIdentities Pod Identity associations by id
 * @param updates oldest first
 */
record ClusterDoc(
    Definition definition,
    Settings settings,
    Status status,
    @Nullable Endpoint plane,
    List<Issue> issues,
    Map<String, String> tags,
    Map<String, NodegroupDoc> nodegroups,
    Map<String, AddonDoc> addons,
    Map<String, AccessEntryDoc> entries,
    Map<String, PodIdentityDoc> podIdentities,
    List<UpdateDoc> updates) {

  /** Updates that are kept of a cluster. */
  private static final int MOST_UPDATES = 100;

  enum Status {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING,
    FAILED
  }

  /**
   * What never changes.
   *
   * @param uid names the OIDC issuer, 32 hexadecimal digits
   * @param secretsKeyArn of a key of the owner's own, for Secrets
   * @param requestHash of the request that made it, to tell a repeated one
   * @param creator the IAM ARN (not the session's) of who made it
   */
  record Definition(
      String name,
      String arn,
      String uid,
      Instant createdAt,
      String version,
      String roleArn,
      List<String> subnetIds,
      List<String> securityGroupIds,
      String serviceCidr,
      @Nullable String secretsKeyArn,
      @Nullable String clientRequestToken,
      String requestHash,
      String creator,
      boolean creatorIsAdmin) {}

  /** What may change. */
  record Settings(
      String authenticationMode,
      String supportType,
      boolean endpointPublicAccess,
      boolean endpointPrivateAccess,
      List<String> publicAccessCidrs,
      List<String> logTypes,
      boolean zonalShift,
      boolean deletionProtection) {}

  record Endpoint(String url, String caPem) {}

  record Issue(String code, String message, List<String> resourceIds) {}

  ClusterDoc {
    issues = List.copyOf(issues);
    tags = Map.copyOf(tags);
    nodegroups = Map.copyOf(nodegroups);
    addons = Map.copyOf(addons);
    entries = Map.copyOf(entries);
    podIdentities = Map.copyOf(podIdentities);
    updates = List.copyOf(updates);
  }

  String name() {
    return definition.name();
  }

  String issuer(String region) {
    return "https://oidc.eks." + region + ".amazonaws.com/id/" + definition.uid();
  }

  ClusterDoc with(Status next) {
    return new ClusterDoc(
        definition,
        settings,
        next,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc with(Endpoint known) {
    return new ClusterDoc(
        definition,
        settings,
        status,
        known,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc with(Settings next) {
    return new ClusterDoc(
        definition,
        next,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc failed(Issue issue) {
    return new ClusterDoc(
        definition,
        settings,
        Status.FAILED,
        plane,
        List.of(issue),
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc withTags(Map<String, String> next) {
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        next,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc with(NodegroupDoc group) {
    var next = put(nodegroups, group.name(), group);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        next,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc withoutNodegroup(String name) {
    var next = without(nodegroups, name);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        next,
        addons,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc with(AddonDoc addon) {
    var next = put(addons, addon.name(), addon);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        next,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc withoutAddon(String name) {
    var next = without(addons, name);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        next,
        entries,
        podIdentities,
        updates);
  }

  ClusterDoc with(AccessEntryDoc entry) {
    var next = put(entries, entry.principalArn(), entry);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        next,
        podIdentities,
        updates);
  }

  ClusterDoc withoutEntry(String principalArn) {
    var next = without(entries, principalArn);
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        next,
        podIdentities,
        updates);
  }

  ClusterDoc with(PodIdentityDoc association) {
    return withPodIdentities(put(podIdentities, association.id(), association));
  }

  ClusterDoc withoutPodIdentity(String id) {
    return withPodIdentities(without(podIdentities, id));
  }

  private ClusterDoc withPodIdentities(Map<String, PodIdentityDoc> next) {
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        next,
        updates);
  }

  ClusterDoc withUpdate(UpdateDoc update) {
    List<UpdateDoc> next = new java.util.ArrayList<>(updates);
    next.add(update);
    if (next.size() > MOST_UPDATES) {
      next.removeFirst();
    }
    return withUpdates(next);
  }

  ClusterDoc changeUpdate(String id, UnaryOperator<UpdateDoc> change) {
    return withUpdates(updates.stream().map(u -> u.id().equals(id) ? change.apply(u) : u).toList());
  }

  private ClusterDoc withUpdates(List<UpdateDoc> next) {
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        next);
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, T value) {
    Map<String, T> next = new TreeMap<>(map);
    next.put(key, value);
    return next;
  }

  private static <T> Map<String, T> without(Map<String, T> map, String key) {
    Map<String, T> next = new TreeMap<>(map);
    next.remove(key);
    return next;
  }
}

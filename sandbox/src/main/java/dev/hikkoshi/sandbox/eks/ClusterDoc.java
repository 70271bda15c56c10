package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
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
    return with(f -> f.status = next);
  }

  ClusterDoc with(Endpoint known) {
    return with(f -> f.plane = known);
  }

  ClusterDoc with(Settings next) {
    return with(f -> f.settings = next);
  }

  ClusterDoc failed(Issue issue) {
    return with(
        f -> {
          f.status = Status.FAILED;
          f.issues = List.of(issue);
        });
  }

  ClusterDoc withTags(Map<String, String> next) {
    return with(f -> f.tags = next);
  }

  ClusterDoc with(NodegroupDoc group) {
    return with(f -> f.nodegroups = put(nodegroups, group.name(), group));
  }

  ClusterDoc withoutNodegroup(String name) {
    return with(f -> f.nodegroups = without(nodegroups, name));
  }

  ClusterDoc with(AddonDoc addon) {
    return with(f -> f.addons = put(addons, addon.name(), addon));
  }

  ClusterDoc withoutAddon(String name) {
    return with(f -> f.addons = without(addons, name));
  }

  ClusterDoc with(AccessEntryDoc entry) {
    return with(f -> f.entries = put(entries, entry.principalArn(), entry));
  }

  ClusterDoc withoutEntry(String principalArn) {
    return with(f -> f.entries = without(entries, principalArn));
  }

  ClusterDoc with(PodIdentityDoc association) {
    return with(f -> f.podIdentities = put(podIdentities, association.id(), association));
  }

  ClusterDoc withoutPodIdentity(String id) {
    return with(f -> f.podIdentities = without(podIdentities, id));
  }

  ClusterDoc withUpdate(UpdateDoc update) {
    List<UpdateDoc> next = new ArrayList<>(updates);
    next.add(update);
    if (next.size() > MOST_UPDATES) {
      next.removeFirst();
    }
    return with(f -> f.updates = next);
  }

  ClusterDoc changeUpdate(String id, UnaryOperator<UpdateDoc> change) {
    return with(
        f ->
            f.updates =
                updates.stream().map(u -> u.id().equals(id) ? change.apply(u) : u).toList());
  }

  private ClusterDoc with(Consumer<ClusterDocFields> change) {
    ClusterDocFields fields = new ClusterDocFields(this);
    change.accept(fields);
    return fields.doc();
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

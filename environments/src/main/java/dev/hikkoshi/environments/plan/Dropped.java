package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Named parts of a cluster that an earlier definition had and the newest has not.
 *
 * @param fields the paths that name them, with the names
 */
record Dropped(SortedMap<String, String> fields) {

  private static final Pattern NODEGROUP = Pattern.compile("managedNodeGroups\\[.*]\\.name");
  private static final Pattern ADDON = Pattern.compile("addons\\[.*]\\.name");
  private static final Pattern PRINCIPAL =
      Pattern.compile("accessConfig\\.accessEntries\\[([^]]*)]\\.principalARN");
  private static final Pattern POLICY =
      Pattern.compile(
          "accessConfig\\.accessEntries\\[([^]]*)]\\.accessPolicies\\[[^]]*]\\.policyARN");
  private static final Pattern SERVICE_ACCOUNT =
      Pattern.compile("iam\\.podIdentityAssociations\\[([^]]*)]\\.serviceAccountName");

  /**
   * Adds what a definition leaves out, and takes away what it has again.
   *
   * @param before fields of the definition that was asked for last
   * @param after of the one that is asked for now
   * @param already dropped earlier and not gone yet
   */
  static SortedMap<String, String> of(
      Map<String, String> before, Map<String, String> after, Map<String, String> already) {
    SortedMap<String, String> dropped = new TreeMap<>(already);
    before.forEach(
        (path, name) -> {
          if (isNamed(path)) {
            dropped.put(path, name);
          }
        });
    dropped.keySet().removeAll(after.keySet());
    return dropped;
  }

  private static boolean isNamed(String path) {
    return List.of(NODEGROUP, ADDON, PRINCIPAL, POLICY, SERVICE_ACCOUNT).stream()
        .anyMatch(pattern -> pattern.matcher(path).matches());
  }

  SortedSet<String> nodegroups() {
    return names(NODEGROUP);
  }

  SortedSet<String> addons() {
    return names(ADDON);
  }

  SortedSet<String> principals() {
    return names(PRINCIPAL);
  }

  /** Those whose role is taken away, as {@code namespace/serviceAccount}. */
  SortedSet<String> serviceAccounts() {
    SortedSet<String> accounts = new TreeSet<>();
    fields.keySet().forEach(path -> serviceAccount(path).ifPresent(accounts::add));
    return accounts;
  }

  private static Optional<String> serviceAccount(String path) {
    return Optional.of(SERVICE_ACCOUNT.matcher(path)).filter(Matcher::matches).map(m -> m.group(1));
  }

  private SortedSet<String> names(Pattern pattern) {
    SortedSet<String> names = new TreeSet<>();
    fields.forEach(
        (path, name) -> {
          if (pattern.matcher(path).matches()) {
            names.add(name);
          }
        });
    return names;
  }

  /** Policies that one principal loses. */
  SortedSet<String> policies(String principal) {
    SortedSet<String> policies = new TreeSet<>();
    fields.forEach(
        (path, name) -> {
          Matcher matcher = POLICY.matcher(path);
          if (matcher.matches() && matcher.group(1).equals(principal)) {
            policies.add(name);
          }
        });
    return policies;
  }

  /** Those of principals that stay, as sentences. */
  List<String> policySentences() {
    return fields.entrySet().stream()
        .filter(field -> POLICY.matcher(field.getKey()).matches())
        .map(field -> Map.entry(principal(field.getKey()), field.getValue()))
        .filter(policy -> !principals().contains(policy.getKey()))
        .map(policy -> "take policy %s from %s".formatted(policy.getValue(), policy.getKey()))
        .toList();
  }

  private static String principal(String path) {
    Matcher matcher = POLICY.matcher(path);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /** Without what EKS surely does not have any more. */
  SortedMap<String, String> stillThere(ClusterSeen seen) {
    SortedMap<String, String> left = new TreeMap<>(fields);
    left.entrySet().removeIf(field -> gone(seen, field.getKey(), field.getValue()));
    return left;
  }

  private static boolean gone(ClusterSeen seen, String path, String name) {
    if (NODEGROUP.matcher(path).matches()) {
      return none(seen.nodegroups(), (NodegroupSeen g) -> g.name().equals(name));
    }
    if (ADDON.matcher(path).matches()) {
      return none(seen.addons(), (AddonSeen a) -> a.name().equals(name));
    }
    if (PRINCIPAL.matcher(path).matches()) {
      return none(seen.accessEntries(), (AccessEntrySeen e) -> e.principalArn().equals(name));
    }
    Optional<String> account = serviceAccount(path);
    if (account.isPresent()) {
      return none(
          seen.podIdentities(),
          (PodIdentitySeen p) -> PodIdentities.ours(p) && p.account().equals(account.get()));
    }
    String who = principal(path);
    return none(
        seen.accessEntries(),
        (AccessEntrySeen e) -> e.principalArn().equals(who) && e.policyArns().contains(name));
  }

  private static <T> boolean none(Observation<List<T>> seen, Predicate<T> is) {
    return seen.known().filter(all -> all.stream().noneMatch(is)).isPresent();
  }
}

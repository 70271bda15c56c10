package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An environment as the doctor gets it.
 *
 * @param file its {@code environment.yaml}, as a person can open it
 * @param here everything rendered for the cluster that would be built next
 * @param beside the same for the cluster that serves; what is equal in both is claimed twice
 * @param besideName of that cluster
 * @param unrendered releases that could not be rendered, with the reason
 * @param sources the template of an object, by its path
 * @param seen what AWS and the clusters answered; empty when nobody was asked
 */
public record Subject(
    Desired desired,
    String file,
    Rendering here,
    Rendering beside,
    String besideName,
    SortedMap<ReleaseId, String> unrendered,
    Map<String, String> sources,
    Optional<Seen> seen) {

  public Subject {
    unrendered = Sorted.copyOf(unrendered);
    sources = Map.copyOf(sources);
  }

  /**
   * What was looked at.
   *
   * @param replicas ready replicas in each cluster, by the workload's path
   * @param account what there is beside clusters
   */
  public record Seen(
      Observed observed,
      Map<String, Observation<Map<String, Integer>>> replicas,
      AccountSeen account) {

    public Seen {
      replicas = Map.copyOf(replicas);
    }
  }

  /** Subnets that the definition names, for the cluster or its nodes. */
  public SortedSet<String> subnets() {
    return subnets(desired);
  }

  /** The same before anything is rendered. */
  public static SortedSet<String> subnets(Desired desired) {
    SortedSet<String> ids = new TreeSet<>(desired.cluster().spec().subnetIds());
    desired.cluster().nodegroups().forEach(group -> ids.addAll(group.subnetIds()));
    return ids;
  }

  /** Roles that ServiceAccounts of these releases name. */
  public static SortedSet<String> roles(Rendering rendering) {
    SortedSet<String> roles = new TreeSet<>();
    rendering.releases().values().stream()
        .flatMap(content -> content.objects().stream())
        .filter(object -> object.kind().equals("ServiceAccount"))
        .forEach(object -> object.annotation(RoleChecks.ROLE).ifPresent(roles::add));
    return roles;
  }

  /** The same, with what was looked at. */
  public Subject with(Seen looked) {
    return new Subject(
        desired, file, here, beside, besideName, unrendered, sources, Optional.of(looked));
  }

  /** Where an object comes from: its template, or else its release. */
  String source(ReleaseId release, String path) {
    return sources.getOrDefault(path, "release " + release);
  }
}

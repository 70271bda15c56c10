package dev.hikkoshi.environments.observed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is inside one cluster: releases as recorded and as live, and the ends of routes.
 *
 * @param kubernetesVersion what {@code /version} says, for example {@code 1.37}
 * @param releases every wanted release and every recorded one, by id
 * @param backends for each route its backend in this cluster
 * @param working serving-only work that runs here or may start by itself, a sentence for each; an
 *     empty known list is proof that all of it has stopped
 * @param ends every load balancer (its DNS name, lower case) and target group (its ARN) by which
 *     objects of this cluster take traffic, on a route or not
 */
public record InsideSeen(
    String kubernetesVersion,
    Map<ReleaseId, ReleaseSeen> releases,
    Map<String, Observation<BackendSeen>> backends,
    Observation<List<String>> working,
    Set<String> ends) {

  public InsideSeen {
    releases = Map.copyOf(releases);
    backends = Map.copyOf(backends);
    ends = Set.copyOf(ends);
  }

  /**
   * One release in one cluster.
   *
   * @param rendered what HEAD asks for here; empty for a release that is recorded but not wanted
   * @param deployed the newest revision in Helm's own record; empty when there is none
   * @param health of the objects of the deployed revision
   * @param drifted objects whose live state differs from what was applied, in order of path
   * @param driftSince when the oldest drift was first seen in a row of passes
   * @param work whether a sync or an uninstall can go on now
   * @param restarts for a release that somebody else wrote the workloads whose pods would be
   *     replaced by making it ours, each with what differs in its pod template
   */
  public record ReleaseSeen(
      ReleaseId id,
      Optional<Rendered> rendered,
      Optional<RevisionSeen> deployed,
      Health health,
      List<String> drifted,
      Optional<Instant> driftSince,
      Work work,
      List<String> restarts) {

    public ReleaseSeen {
      drifted = List.copyOf(drifted);
      restarts = List.copyOf(restarts);
    }

    /** A release that nothing keeps waiting. */
    public ReleaseSeen(
        ReleaseId id,
        Optional<Rendered> rendered,
        Optional<RevisionSeen> deployed,
        Health health,
        List<String> drifted,
        Optional<Instant> driftSince) {
      this(id, rendered, deployed, health, drifted, driftSince, new Work.Free(), List.of());
    }

    /** True when the wanted manifests are the deployed ones, by their hash. */
    public boolean synced() {
      return rendered.flatMap(Rendered::hash).isPresent()
          && rendered
              .flatMap(Rendered::hash)
              .equals(deployed.filter(r -> r.status().equals("deployed")).map(RevisionSeen::hash));
    }
  }

  /**
   * What stands in the way of writing a release. Hooks and readiness take minutes; nobody waits for
   * them within a pass, because a way home must never stand behind a migration.
   */
  public sealed interface Work {

    /** Nothing: a sync or an uninstall does what comes next. */
    record Free() implements Work {}

    /** A revision waits for a hook or for its objects; until then writing does nothing. */
    record Waits(String why) implements Work {}

    /**
     * What is wanted failed, and the release went back to its last deployed revision ({@code
     * atomic}). It is not tried again until other manifests are wanted.
     */
    record GivenUp(String why) implements Work {}
  }

  /** What rendering a release for one cluster gave. */
  public sealed interface Rendered {

    /** The manifests and their hash, and the Helm hooks that are no part of them. */
    record Manifests(String manifestHash, List<Manifest> objects, List<Hook> hooks)
        implements Rendered {

      public Manifests {
        objects = List.copyOf(objects);
        hooks = List.copyOf(hooks);
      }
    }

    /** Rendering failed: where and why, with the user's own file and line. */
    record Failed(String problem) implements Rendered {}

    /** The hash where there is one. */
    default Optional<String> hash() {
      return switch (this) {
        case Manifests m -> Optional.of(m.manifestHash());
        case Failed _ -> Optional.empty();
      };
    }
  }

  /**
   * A revision in Helm's record.
   *
   * @param status Helm's word: {@code deployed}, {@code pending-upgrade}, {@code failed}, …
   * @param hash of its manifests, empty text when it is not ours and has none
   * @param ours whether Hikkoshi wrote it; a newer one that is not ours is reported first
   * @param writtenAt Helm's last_deployed
   */
  public record RevisionSeen(
      int revision, String status, String hash, boolean ours, Instant writtenAt) {}

  /** Health of a release's objects, the worst of them. */
  public sealed interface Health {

    /** Every object is as its kind calls good. */
    record Healthy() implements Health {}

    /** On the way; the sentence says which object waits for what. */
    record Progressing(String why) implements Health {}

    /** Will not become good by waiting; the sentence says which object and why. */
    record Failing(String why) implements Health {}

    /** Nothing is deployed yet. */
    record Missing() implements Health {}

    default boolean healthy() {
      return this instanceof Healthy;
    }
  }

  /**
   * The end of a route inside a cluster.
   *
   * @param readyPods pods of the backend that are ready
   * @param wantedPods what the workloads ask for
   * @param loadBalancer for an Ingress backend its load balancer's DNS name, once assigned
   * @param binding for a Service backend the target group its binding of ours feeds, once made
   * @param fed for a Service backend every target group that a binding of it feeds, whoever made it
   */
  public record BackendSeen(
      int readyPods,
      int wantedPods,
      Optional<String> loadBalancer,
      Optional<String> binding,
      Set<String> fed) {

    public BackendSeen {
      fed = Set.copyOf(fed);
    }
  }
}

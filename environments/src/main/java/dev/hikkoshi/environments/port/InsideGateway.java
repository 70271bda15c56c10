package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The inside of a cluster: its Kubernetes API, Helm's records and rendering for it. */
public interface InsideGateway {

  /**
   * What one commit wants inside one cluster.
   *
   * @param appDigest what the releases refer to
   * @param releases in definition order; those with {@code installed: false} are not among them
   * @param backends for each route where its traffic enters the cluster
   */
  record Wanted(
      String appDigest,
      Facts facts,
      String helmfileEnvironment,
      Map<String, Object> stateValues,
      List<WantedRelease> releases,
      Map<String, Backend> backends) {

    public Wanted {
      releases = List.copyOf(releases);
      backends = Map.copyOf(backends);
    }
  }

  /**
   * A release before rendering.
   *
   * @param chart the chart's files by path relative to its folder
   * @param values weakest first
   */
  record WantedRelease(
      ReleaseId id,
      boolean createNamespace,
      boolean awaitReady,
      Duration timeout,
      int historyMax,
      Map<String, String> labels,
      SortedMap<String, byte[]> chart,
      List<Values> values) {

    public WantedRelease {
      labels = Map.copyOf(labels);
      values = List.copyOf(values);
    }
  }

  /** One layer of values. */
  sealed interface Values {

    /** A file; {@code template} when it is a {@code .gotmpl} that the worker renders first. */
    record File(String path, byte[] content, boolean template) implements Values {}

    /** An inline map of the helmfile. */
    record Inline(Map<String, Object> values) implements Values {}
  }

  /** Where a route enters a cluster. */
  sealed interface Backend {

    /** An Ingress whose load balancer the cluster's own controller makes. */
    record Ingress(String namespace, String name) implements Backend {}

    /** A Service whose pods a TargetGroupBinding of ours registers. */
    record Service(String namespace, String name, int port) implements Backend {}
  }

  /** Renders what is wanted for this cluster and looks at what is there. */
  Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted);

  /**
   * Brings one release to what is wanted: Helm's record first ({@code pending-*}), then the hooks
   * before, server-side apply in order of kind, prune from the record, readiness where the release
   * asks for it, the hooks after, then {@code deployed}. It goes as far as it can go without
   * waiting; the next look tells what is waited for ({@link InsideSeen.Work.Waits}) and the next
   * call goes on from there.
   *
   * @return {@link Outcome.Done} with fact {@code revision}, and {@code waits} where it is not over
   */
  Outcome sync(ClusterSeen cluster, Wanted wanted, ReleaseId release);

  /** Applies the deployed revision again over drift; writes no new revision. */
  Outcome heal(ClusterSeen cluster, Wanted wanted, ReleaseId release);

  /**
   * Removes a release that is ours and no longer wanted, with its hooks; {@code keep} policies are
   * honoured. It goes as far as it can go without waiting, as {@link #sync} does.
   */
  Outcome uninstall(ClusterSeen cluster, ReleaseId release);

  /** Creates or corrects the binding of a route's Service to its target group. */
  Outcome bind(ClusterSeen cluster, String route, Backend.Service service, String groupArn);

  /** Removes a route's binding; the load balancer controller takes the targets out. */
  Outcome unbind(ClusterSeen cluster, String route);

  /**
   * Deletes what makes load balancers (Ingress, Service type LoadBalancer, bindings) while their
   * controller still runs, so that none is left behind.
   *
   * @return {@link Outcome.Done} with fact {@code remaining}: how many are still there, 0 when gone
   */
  Outcome removeBalancerObjects(ClusterSeen cluster);

  /**
   * What these releases would be in that cluster, as one hash for each; nothing is written. Two
   * wishes with equal hashes would leave the cluster as it is. A release that cannot be rendered
   * makes the answer unknown, because nothing can be said about it.
   */
  Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Wanted wanted);

  /** Ready replicas of every Deployment, StatefulSet and DaemonSet, by path. */
  Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster);
}

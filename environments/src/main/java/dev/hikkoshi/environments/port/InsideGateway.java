package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RoomSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The inside of a cluster: its Kubernetes API, Helm's records and rendering for it. */
public interface InsideGateway {

  /**
   * What one commit wants inside one cluster.
   *
   * @param appDigest what the releases refer to
   * @param releases in definition order; those with {@code installed: false} are not among them
   * @param left releases of the helmfile that its selectors or conditions leave out: they are
   *     neither installed nor uninstalled
   * @param backends for each route where its traffic enters the cluster
   * @param readOnly a look may ask nothing that needs a right to write, dry runs included: what
   *     differs is then told as far as it can be told from reading
   * @param servingOnly what may run on one side only, and whether it may here
   */
  record Wanted(
      String appDigest,
      Facts facts,
      List<WantedRelease> releases,
      Set<ReleaseId> left,
      Map<String, Backend> backends,
      boolean readOnly,
      ServingOnly servingOnly) {

    public Wanted {
      releases = List.copyOf(releases);
      left = Set.copyOf(left);
      backends = Map.copyOf(backends);
    }

    /** Nothing is classified as serving-only. */
    public Wanted(
        String appDigest,
        Facts facts,
        List<WantedRelease> releases,
        Set<ReleaseId> left,
        Map<String, Backend> backends,
        boolean readOnly) {
      this(appDigest, facts, releases, left, backends, readOnly, ServingOnly.none());
    }
  }

  /**
   * What may run on one side only. Where it may not run it is applied all the same, but suspended
   * or scaled to none, and recorded so.
   *
   * @param releases everything of theirs that can be paused
   * @param objects single ones, as {@code apiVersion/Kind/namespace/name}
   * @param runs whether it may run in this cluster
   */
  record ServingOnly(Set<ReleaseId> releases, Set<String> objects, boolean runs) {

    /** Kinds that can be kept from running without being removed. */
    public static final Set<String> KINDS =
        Set.of(
            "CronJob",
            "Job",
            "Deployment",
            "StatefulSet",
            "ReplicaSet",
            "ScaledObject",
            "ScaledJob");

    public ServingOnly {
      releases = Set.copyOf(releases);
      objects = Set.copyOf(objects);
    }

    public static ServingOnly none() {
      return new ServingOnly(Set.of(), Set.of(), true);
    }

    /** Whether it says anything at all. */
    public boolean empty() {
      return releases.isEmpty() && objects.isEmpty();
    }

    /** Whether an object of a release is meant. */
    public boolean covers(ReleaseId release, String path, String kind) {
      return KINDS.contains(kind) && (releases.contains(release) || objects.contains(path));
    }
  }

  /**
   * A release before rendering.
   *
   * @param labels those of the helmfile, and {@code name}, {@code namespace} and {@code chart} that
   *     helmfile adds
   * @param values weakest first, in the order in which Helm lays them over each other
   * @param templating what its templates see
   * @param line where the helmfile defines it, for messages about what has no line of its own
   */
  record WantedRelease(
      ReleaseId id,
      ReleaseSettings settings,
      Map<String, String> labels,
      ChartSource chart,
      List<Values> values,
      Templating templating,
      Line line) {

    public WantedRelease {
      labels = Map.copyOf(labels);
      values = List.copyOf(values);
    }

    /** A release that stands in no file. */
    public WantedRelease(
        ReleaseId id,
        ReleaseSettings settings,
        Map<String, String> labels,
        ChartSource chart,
        List<Values> values,
        Templating templating) {
      this(id, settings, labels, chart, values, templating, Line.NONE);
    }

    /** A release without templates of its own. */
    public WantedRelease(
        ReleaseId id, ReleaseSettings settings, ChartSource chart, List<Values> values) {
      this(id, settings, Map.of(), chart, values, Templating.of(id));
    }

    /** The same of another chart. */
    public WantedRelease of(ChartSource other) {
      return new WantedRelease(id, settings, labels, other, values, templating, line);
    }
  }

  /**
   * A piece of a line of the repository. The reader has a richer one, but it stands on these ports,
   * and they not on it.
   *
   * @param file from the root of the tree; empty where nobody has written it
   * @param number from 1; 0 for the file as a whole
   * @param column in characters, from 1
   * @param length in characters
   */
  record Line(String file, int number, int column, int length) {

    /** Of nowhere. */
    public static final Line NONE = new Line("", 0, 0, 0);
  }

  /**
   * What the templates of a release's values see.
   *
   * @param scope of its helmfile
   * @param context {@code .Release.KubeContext}: empty when the helmfile says none
   * @param namespace {@code .Release.Namespace}: empty when the helmfile says none
   * @param chart {@code .Release.Chart}, as the helmfile says it
   * @param version {@code .Release.ChartVersion}; empty when none is said
   * @param apiVersions added to those of the target by {@code render}; {@code helmfile sync} asks
   *     the cluster alone, and so does the controller
   * @param kubeVersion instead of the target's, by {@code render} alone; empty when none is said
   */
  record Templating(
      TemplateScope scope,
      String context,
      String namespace,
      String chart,
      String version,
      List<String> apiVersions,
      String kubeVersion) {

    public Templating {
      apiVersions = List.copyOf(apiVersions);
    }

    static Templating of(ReleaseId id) {
      return new Templating(TemplateScope.EMPTY, "", id.namespace(), "", "", List.of(), "");
    }
  }

  /** One layer of values. */
  sealed interface Values {

    /** A file that Helm reads as it is. */
    record File(String path, byte[] content) implements Values {}

    /**
     * A {@code .gotmpl} file that is rendered for each cluster, then read as {@link File} is.
     *
     * @param path from the root of the tree; names in it are relative to its folder
     * @param files what the template's file functions see
     */
    record Template(String path, byte[] content, FileTree files) implements Values {}

    /** An inline map of the helmfile. */
    record Inline(Map<String, Object> values) implements Values {}

    /**
     * An inline map of {@code valuesTemplate}: its text as helmfile writes it, rendered for each
     * cluster and then read by {@code dev.hikkoshi.environments.helmfile.InlineTemplate#values}.
     *
     * @param path of the helmfile
     * @param line where the map begins there, for messages; 0 when not known
     * @param files what the template's file functions see
     */
    record InlineTemplate(String path, int line, String text, FileTree files) implements Values {}

    /** A file that is encrypted by SOPS; it is decrypted in the worker and nowhere kept. */
    record Secret(String path, byte[] content) implements Values {}

    /**
     * One entry of {@code set}, {@code setTemplate} or {@code setString}.
     *
     * @param text whether every value stays text, as {@code --set-string} has it
     * @param value one value; empty when there are {@code items}
     * @param template whether name, value and items are templates that are rendered for each
     *     cluster
     * @param path of the helmfile, for messages; empty when not known
     * @param line where its name stands there; 0 when not known
     */
    record Assign(
        boolean text,
        String name,
        String value,
        List<String> items,
        boolean template,
        String path,
        int line)
        implements Values {

      public Assign {
        items = List.copyOf(items);
      }

      /** An entry of nowhere. */
      public Assign(boolean text, String name, String value, List<String> items, boolean template) {
        this(text, name, value, items, template, "", 0);
      }

      /** The same after rendering; {@code render} is not called when it is no template. */
      public Assign rendered(UnaryOperator<String> render) {
        return template
            ? new Assign(
                text,
                render.apply(name),
                render.apply(value),
                items.stream().map(render).toList(),
                false,
                path,
                line)
            : this;
      }

      /** What stands behind {@code --set} or {@code --set-string}; empty when it says nothing. */
      public Optional<String> expression() {
        if (!value.isEmpty()) {
          return Optional.of(escaped(name) + "=" + escaped(value));
        }
        return items.isEmpty()
            ? Optional.empty()
            : Optional.of(
                items.stream()
                    .map(Assign::escaped)
                    .collect(Collectors.joining(",", escaped(name) + "={", "}")));
      }

      /** A comma or a brace of a value is no syntax of Helm's, as in helmfile. */
      private static String escaped(String text) {
        return text.replace("{", "\\{").replace("}", "\\}").replace(",", "\\,");
      }
    }

    /** An entry of {@code set} with {@code file}: the file's text is the value. */
    record AssignFile(String name, String path, byte[] content) implements Values {}
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

  /**
   * Whether what runs on the nodes of these groups would fit on the other nodes as they are now.
   * Pods whose place hangs on more than requests, node labels and taints make it unknown.
   */
  Observation<RoomSeen> room(ClusterSeen cluster, Set<String> nodegroups);

  /** Ready replicas of every Deployment, StatefulSet and DaemonSet, by path. */
  Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster);
}

package dev.hikkoshi.sandbox.pods;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.state.Json;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A container between its start and its end: its listeners and who they say they are. */
final class RunningContainer implements AutoCloseable {

  private static final JsonMapper JSON = Json.mapper();
  private static final int USUAL_PORT = 8080;
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final KubeletGround ground;
  private final PodState state;
  private final Container container;
  private final Instant since;
  private final Optional<Program.End> end;
  private final Application application;
  private final Servers servers;

  private RunningContainer(
      KubeletGround ground,
      PodState state,
      Container container,
      Instant since,
      Optional<Program.End> end,
      Application application,
      Servers servers) {
    this.ground = ground;
    this.state = state;
    this.container = container;
    this.since = since;
    this.end = end;
    this.application = application;
    this.servers = servers;
  }

  /** The ports it listens on; a pod in its node's network has none here. */
  static List<Integer> ports(Pod pod, Container container) {
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return List.of();
    }
    List<Integer> declared =
        container.getPorts().stream()
            .filter(port -> !"UDP".equals(port.getProtocol()) && !"SCTP".equals(port.getProtocol()))
            .map(ContainerPort::getContainerPort)
            .distinct()
            .toList();
    boolean usual =
        declared.isEmpty()
            && Images.serves(container.getImage())
            && container.getCommand().isEmpty();
    return usual ? List.of(USUAL_PORT) : declared;
  }

  static RunningContainer open(
      KubeletGround ground,
      PodState state,
      Container container,
      Script script,
      Map<String, String> environment,
      Instant since,
      Optional<Program.End> end,
      List<Integer> ports) {
    Application application =
        new Application(
            ground.vertx(),
            ground.clock(),
            identity(ground, state, container, environment),
            new LiveScript(state::pod, script),
            since,
            probePaths(container));
    Servers servers = Servers.open(ground.vertx(), state.podIp(), ports, application);
    return new RunningContainer(ground, state, container, since, end, application, servers);
  }

  private static Set<String> probePaths(Container container) {
    return java.util.stream.Stream.of(
            container.getReadinessProbe(),
            container.getLivenessProbe(),
            container.getStartupProbe())
        .filter(Objects::nonNull)
        .map(Probe::getHttpGet)
        .filter(Objects::nonNull)
        .map(HTTPGetAction::getPath)
        .filter(Objects::nonNull)
        .collect(java.util.stream.Collectors.toSet());
  }

  private static Application.Identity identity(
      KubeletGround ground, PodState state, Container container, Map<String, String> environment) {
    Pod pod = state.pod();
    String real = ground.cluster().name();
    String cluster = environment.getOrDefault("CLUSTER_NAME", real);
    String namespace = pod.getMetadata().getNamespace();
    String name = pod.getMetadata().getName();
    ObjectNode body = JSON.createObjectNode();
    body.put("cluster", cluster).put("sandboxCluster", real);
    body.put("namespace", namespace).put("pod", name).put("container", container.getName());
    body.put("image", container.getImage()).put("node", pod.getSpec().getNodeName());
    body.put("ip", state.podIp());
    ObjectNode env = body.putObject("env");
    environment.forEach(env::put);
    ObjectNode annotations = body.putObject("annotations");
    Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
        .forEach(
            (key, value) -> {
              if (!key.equals(Script.ANNOTATION) && value.length() <= 512) {
                annotations.put(key, value);
              }
            });
    String text = body.toString();
    return new Application.Identity(
        Map.of(
            "X-Hikkoshi-Cluster",
            printable(cluster),
            "X-Sandbox-Cluster",
            real,
            "X-Sandbox-Pod",
            namespace + "/" + name,
            "X-Sandbox-Image",
            printable(container.getImage())),
        text.substring(0, text.length() - 1));
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  Instant since() {
    return since;
  }

  Optional<Program.End> end() {
    return end;
  }

  boolean serves() {
    return servers.count() > 0;
  }

  Map<Integer, String> notOpen() {
    return servers.notOpen();
  }

  /** How long it will still run by itself. */
  Duration left(Instant now) {
    return end.map(e -> Duration.between(now, since.plus(e.after()))).orElse(FOR_EVER);
  }

  /** Whether its readiness probe succeeds now; one without a probe is ready. */
  boolean answers() {
    Probe probe = container.getReadinessProbe();
    return probe == null || ground.prober().ask(container, probe, state.podIp());
  }

  /** Calls its preStop hook, where that is a request. */
  void callHook() {
    var lifecycle = container.getLifecycle();
    if (lifecycle != null
        && lifecycle.getPreStop() != null
        && lifecycle.getPreStop().getHttpGet() != null) {
      ground.prober().call(container, lifecycle.getPreStop().getHttpGet(), state.podIp());
    }
  }

  void drain() {
    application.drain();
  }

  boolean busy() {
    return application.busy();
  }

  @Override
  public void close() {
    servers.close();
  }
}

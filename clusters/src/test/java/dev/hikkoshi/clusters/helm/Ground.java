package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.render.RecordState;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.clusters.testing.LocalControlPlane.Output;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One API server with its controllers, and a gateway into it. */
final class Ground implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  final LocalControlPlane plane;
  final HelmInside inside;
  final ClusterSeen cluster;
  private final RenderPool pool;
  private final KubeClients clients;

  private Ground(LocalControlPlane plane, Path worker) throws IOException {
    this.plane = plane;
    this.cluster = cluster(plane.endpoint(), plane.authorities());
    this.pool = new RenderPool(worker, RenderOptions.DEFAULT);
    this.clients = new KubeClients(_ -> LocalControlPlane.TOKEN);
    this.inside =
        new HelmInside(clients, pool, ReleaseRenderer.local(pool), InstantSource.system());
  }

  /** Skips the test where a tool is missing, and says which. */
  static Ground start(Path folder) throws IOException {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build");
    Optional<Tool> missing = LocalControlPlane.missing();
    assumeTrue(missing.isEmpty(), () -> missing + " is not built: ./hikkoshi tools build");
    Files.createDirectories(folder);
    return new Ground(LocalControlPlane.start(folder).withControllers(), worker.orElseThrow());
  }

  static ClusterSeen cluster(String endpoint, String authorities) {
    return new ClusterSeen(
        "shop-1-37-1",
        new ClusterSeen.Identity(
            "arn:aws:eks:eu-west-1:111122223333:cluster/shop-1-37-1",
            Instant.parse("2026-11-24T10:00:00Z")),
        "1.37",
        ClusterSeen.Status.ACTIVE,
        Map.of(),
        Optional.of(endpoint),
        Optional.of(authorities),
        Optional.empty(),
        false,
        new TreeMap<>(),
        List.of(),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()));
  }

  /** A gateway with connections of its own. */
  HelmInside inside(KubeClients others) {
    return inside(others, InstantSource.system());
  }

  HelmInside inside(KubeClients others, InstantSource clock) {
    return new HelmInside(others, pool, ReleaseRenderer.local(pool), clock);
  }

  /** A look that must succeed. */
  InsideSeen see(Wanted wanted) {
    return switch (inside.see(cluster, wanted)) {
      case Known<InsideSeen>(InsideSeen seen) -> seen;
      case Unknown<InsideSeen>(String what, String why) ->
          throw new AssertionError(what + ": " + why);
    };
  }

  ReleaseSeen see(Wanted wanted, ReleaseId id) {
    return release(see(wanted), id);
  }

  /** One release of a look; it must be there. */
  static ReleaseSeen release(InsideSeen seen, ReleaseId id) {
    return Optional.ofNullable(seen.releases().get(id))
        .orElseThrow(() -> new AssertionError(id + " was not looked at"));
  }

  /** A sync that must succeed; returns the revision. */
  int sync(Wanted wanted, ReleaseId id) {
    Outcome outcome = inside.sync(cluster, wanted, id);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return Integer.parseInt(((Outcome.Done) outcome).facts().getOrDefault("revision", "0"));
  }

  String helm(String... arguments) {
    return succeeds(plane.helm(arguments));
  }

  String kubectl(String... arguments) {
    return succeeds(plane.kubectl("", arguments));
  }

  String apply(String manifest) {
    return succeeds(plane.kubectl(manifest, "apply", "--server-side", "-f", "-"));
  }

  JsonNode json(String... getArguments) {
    String[] arguments = new String[getArguments.length + 3];
    arguments[0] = "get";
    System.arraycopy(getArguments, 0, arguments, 1, getArguments.length);
    arguments[arguments.length - 2] = "-o";
    arguments[arguments.length - 1] = "json";
    return read(kubectl(arguments));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  boolean exists(String kind, String name, String namespace) {
    return plane.kubectl("", "get", kind, name, "-n", namespace).exit() == 0;
  }

  /** Requests of the test's own. */
  KubeApi api() {
    return clients.connect(cluster).orElseThrow().api();
  }

  RenderPool pool() {
    return pool;
  }

  /** What a record of Helm's says, whoever wrote it. */
  ReleaseRecord record(String namespace, String release, int revision) {
    return pool.decode((ObjectNode) json("secret", secret(release, revision), "-n", namespace));
  }

  /** Notes a run of a release's first hook, as a controller that died then would have left it. */
  void noteRun(ReleaseId id, int revision, RenderedHook.Run run) {
    rewrite(id, revision, new RecordState("", ""), Map.of(0, run));
  }

  private static String secret(String release, int revision) {
    return "sh.helm.release.v1.%s.v%d".formatted(release, revision);
  }

  /** Makes a record what it would be had we died in the midst of applying it. */
  void leavePending(ReleaseId id, int revision) {
    rewrite(id, revision, new RecordState("pending-upgrade", "Preparing upgrade"), Map.of());
  }

  private void rewrite(
      ReleaseId id, int revision, RecordState state, Map<Integer, RenderedHook.Run> runs) {
    ObjectNode secret =
        (ObjectNode) json("secret", secret(id.name(), revision), "-n", id.namespace());
    ObjectNode next = pool.update(secret, state, runs);
    String status = next.at("/metadata/labels/status").asText();
    next.withObject("/metadata/labels").setAll((ObjectNode) secret.at("/metadata/labels"));
    next.withObject("/metadata/labels").put("status", status);
    next.withObject("/metadata/annotations")
        .setAll((ObjectNode) secret.at("/metadata/annotations"));
    String written = succeeds(plane.kubectl(next.toString(), "replace", "-o", "json", "-f", "-"));
    awaitSeen(LiveObject.of((ObjectNode) read(written)));
  }

  /** The watch tells of a write a moment after it; a sync that came first would rightly refuse. */
  private void awaitSeen(LiveObject record) {
    LiveObjects live = clients.connect(cluster).orElseThrow().live();
    await()
        .until(
            () ->
                live.records().stream()
                    .filter(known -> known.uid().equals(record.uid()))
                    .anyMatch(known -> known.resourceVersion() == record.resourceVersion()));
  }

  private static String succeeds(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
    return output.text();
  }

  @Override
  public void close() {
    inside.close();
    clients.close();
    pool.close();
    plane.close();
  }
}

package dev.hikkoshi.clusters.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.WorkerTemplates;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a commit costs in a controller that runs: one value of a thousand releases changes, and the
 * manifests of all for a cluster are known again. The whole way is gone each time: the helmfile is
 * read out of the commit's files, a real API server says its version, kinds and records.
 */
class RunningRenderIT {

  private static final int RELEASES = 1_000;
  private static final int CHARTS = 10;

  /** Until the JIT compiler is done with what runs once a commit. */
  private static final int COMMITS_BEFORE = 30;

  private static final int COMMITS = 15;

  private static final Map<String, String> CHART =
      Map.of(
          "values.yaml",
          "replicas: 1\nimage: {repository: example.com/app, tag: \"1\"}\nenv: {}\n",
          "templates/_helpers.tpl",
          "{{- define \"app.labels\" -}}\n"
              + "app: {{ .Release.Name }}\n"
              + "team: {{ .Values.team }}\n"
              + "{{- end -}}\n",
          "templates/deployment.yaml",
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: {{ .Release.Name }}
            labels: {{- include "app.labels" . | nindent 4 }}
          spec:
            replicas: {{ .Values.replicas }}
            selector: {matchLabels: {app: {{ .Release.Name }}}}
            template:
              metadata: {labels: {app: {{ .Release.Name }}}}
              spec:
                containers:
                  - name: app
                    image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
                    envFrom: [{configMapRef: {name: {{ .Release.Name }}}}]
          """,
          "templates/config.yaml",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: {{ .Release.Name }}}
          data: {{- toYaml .Values.env | nindent 2 }}
          """,
          "templates/service.yaml",
          """
          apiVersion: v1
          kind: Service
          metadata: {name: {{ .Release.Name }}}
          spec: {selector: {app: {{ .Release.Name }}}, ports: [{port: 80}]}
          """);

  @TempDir static Path folder;
  private static final int PASSES = 3;
  private static LocalControlPlane plane;
  private static RenderPool pool;
  private static KubeClients clients;
  private static HelmInside inside;
  private static ClusterSeen cluster;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build");
    Optional<Tool> missing = LocalControlPlane.missing();
    assumeTrue(missing.isEmpty(), () -> missing + " is not built: ./hikkoshi tools build");
    plane = LocalControlPlane.start(folder);
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
    clients = new KubeClients(_ -> LocalControlPlane.TOKEN);
    inside = new HelmInside(clients, pool, ReleaseRenderer.local(pool), InstantSource.system());
    cluster = Ground.cluster(plane.endpoint(), plane.authorities());
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      clients.close();
      pool.close();
      plane.close();
    }
  }

  /** Content by path; another one differs in the values of one release. */
  private record Commit(String commit, SortedMap<String, byte[]> contents) implements FileTree {

    @Override
    public Optional<byte[]> read(String path) {
      return Optional.ofNullable(contents.get(path)).map(byte[]::clone);
    }

    @Override
    public List<String> files(String directory) {
      String prefix = directory.isEmpty() ? "" : directory + "/";
      return contents.tailMap(prefix).keySet().stream()
          .takeWhile(path -> path.startsWith(prefix))
          .toList();
    }

    Commit next(int number, String path, String text) {
      SortedMap<String, byte[]> files = new TreeMap<>(contents);
      files.put(path, text.getBytes(UTF_8));
      return new Commit("%040d".formatted(number), files);
    }
  }

  @Test
  void oneValueOfAThousandReleasesIsOneReleaseToRender() throws IOException {
    // Given
    Commit commit = first();
    Map<ReleaseId, String> before = manifests(commit);
    assertThat(before).hasSize(RELEASES);
    List<Long> took = new ArrayList<>();

    // When
    for (int i = 1; i <= COMMITS_BEFORE + COMMITS; i++) {
      int release = 31 * i % RELEASES;
      commit = commit.next(i, values(release), valuesText(release, i));
      long began = System.nanoTime();
      Map<ReleaseId, String> after = manifests(commit);
      if (i > COMMITS_BEFORE) {
        took.add((System.nanoTime() - began) / 1_000_000);
      }

      // Then
      Map<ReleaseId, String> now = after;
      Map<ReleaseId, String> earlier = before;
      assertThat(
              after.keySet().stream().filter(id -> !Objects.equals(now.get(id), earlier.get(id))))
          .containsExactly(new ReleaseId("team-" + release % 7, "app-" + release));
      before = after;
    }
    tell(took);
  }

  private static void tell(List<Long> took) throws IOException {
    Collections.sort(took);
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    Files.createDirectories(Path.of("target/evidence"));
    Files.writeString(
        Path.of("target/evidence/running.txt"),
        "releases %d commits %d median-ms %d slowest-ms %d heap-mb %d%n"
            .formatted(RELEASES, took.size(), took.get(took.size() / 2), took.getLast(), heap));
  }

  private static Map<ReleaseId, String> manifests(Commit commit) {
    Problems problems = new Problems();
    Helmfile.Request request =
        new Helmfile.Request(
            "helmfile.yaml.gotmpl",
            Place.of("environment.yaml"),
            "production",
            Place.of("environment.yaml"),
            List.of(),
            Helmfile.Given.NONE);
    DesiredApps apps =
        Helmfile.read(commit, "", request, new WorkerTemplates(() -> pool), Secrets.NONE, problems)
            .orElseThrow(() -> new AssertionError(problems.all()));
    Wanted wanted =
        new Wanted(
            apps.appDigest(),
            new Facts("shop", "shop-1-37-1", "1.37", "eu-west-1", "111122223333"),
            apps.releases(),
            Set.of(),
            Map.of(),
            true);
    return seen(wanted);
  }

  /**
   * What could not be seen on a busy machine is looked at again, as the controller's next pass
   * does.
   */
  private static Map<ReleaseId, String> seen(Wanted wanted) {
    List<String> unknown = new ArrayList<>();
    while (unknown.size() < PASSES) {
      switch (inside.manifests(cluster, wanted)) {
        case Known<Map<ReleaseId, String>>(Map<ReleaseId, String> manifests) -> {
          return manifests;
        }
        case Unknown<Map<ReleaseId, String>>(_, String why) -> unknown.add(why);
      }
    }
    throw new AssertionError("unknown in %d passes: %s".formatted(PASSES, unknown));
  }

  private static Commit first() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (int chart = 0; chart < CHARTS; chart++) {
      String place = "charts/app-%d/".formatted(chart);
      put(files, place + "Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.%d.0\n", chart);
      CHART.forEach((path, text) -> files.put(place + path, text.getBytes(UTF_8)));
    }
    put(files, "environments/production.yaml", "registry: example.com\nreplicas: {web: 3}\n");
    put(
        files,
        "helmfile.yaml.gotmpl",
        """
        environments: {production: {values: [environments/production.yaml]}}
        ---
        releases:
        {{- range $i := until %d }}
          - name: app-{{ $i }}
            namespace: team-{{ mod $i 7 }}
            chart: ./charts/app-{{ mod $i %d }}
            values: [values/common.yaml.gotmpl, values/team-{{ mod $i 7 }}.yaml, values/app-{{ $i }}.yaml.gotmpl]
        {{- end }}
        """,
        RELEASES,
        CHARTS);
    put(
        files,
        "values/common.yaml.gotmpl",
        "replicas: {{ .Values.replicas.web }}\n"
            + "image: {repository: \"{{ .Values.registry }}/{{ .Release.Name }}\"}\n");
    for (int team = 0; team < 7; team++) {
      put(files, "values/team-%d.yaml".formatted(team), "team: team-%d\n", team);
    }
    for (int release = 0; release < RELEASES; release++) {
      put(files, values(release), valuesText(release, 0));
    }
    return new Commit("%040d".formatted(0), files);
  }

  private static String values(int release) {
    return "values/app-%d.yaml.gotmpl".formatted(release);
  }

  private static String valuesText(int release, int tag) {
    return "image: {tag: \"1.%d.%d\"}\nenv: {NUMBER: \"%d\", NAME: {{ .Release.Name }}}\n"
        .formatted(release, tag, release);
  }

  private static void put(Map<String, byte[]> files, String path, String text, Object... values) {
    files.put(path, (values.length == 0 ? text : text.formatted(values)).getBytes(UTF_8));
  }
}

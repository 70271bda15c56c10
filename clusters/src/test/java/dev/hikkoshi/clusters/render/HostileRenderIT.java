package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.render.RenderException.Kind;
import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.port.Templates.Failed;
import dev.hikkoshi.environments.port.Templates.Request;
import dev.hikkoshi.environments.port.Templates.Text;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What broke other renderers, tried on the real worker. Each test carries the advisory it is about;
 * after each the pool has to render as before.
 */
class HostileRenderIT {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final MemoryTree TREE =
      new MemoryTree().with("shop/helmfile.yaml.gotmpl", "").with("shop/motd", "hello");

  private static RenderPool pool;
  private static Templates templates;

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT.withDeadline(DEADLINE));
    templates = new WorkerTemplates(() -> pool);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @AfterEach
  void thePoolIsUnharmed() {
    assertThat(template("{{ readFile \"motd\" }}")).isEqualTo(new Text("hello"));
    assertThat(pool.chart(chart("v: {{ .Release.Name }}")).objects()).hasSize(1);
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-24348, -24904, -31036, 2024-52284: no path leads out of the snapshot")
  @ValueSource(
      strings = {
        "readFile \"../../../etc/passwd\"",
        "readFile \"/etc/passwd\"",
        "readFile \"motd/../../../etc/passwd\"",
        "readDir \"../..\"",
        "readDirEntries \"/proc/self\"",
        "tpl \"{{ readFile `/etc/passwd` }}\" .",
        "readFile \"../links/a\""
      })
  void noPathLeadsOut(String call) {
    // When, Then
    assertThat(template("{{ " + call + " }}"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.message()).contains("leads out of").doesNotContain("root:"));
  }

  @Test
  @DisplayName("CVE-2026-47680: whether a file outside exists is not told")
  void existenceIsNotTold() {
    // When, Then
    assertThat(template("{{ isFile \"/etc/passwd\" }}"))
        .isEqualTo(
            new Failed(
                "error calling isFile: isFile \"/etc/passwd\": the path leads out of the snapshot",
                1,
                4,
                "isFile \"/etc/passwd\"",
                false));
    assertThat(template("{{ isFile \"/etc/nosuch\" }}"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.message())
                    .endsWith("isFile \"/etc/nosuch\": the path leads out of the snapshot"));
  }

  @ParameterizedTest
  @DisplayName("CVE-2024-32476, 2022-24878: what never ends is ended, and others go on meanwhile")
  @ValueSource(
      strings = {
        "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}",
        "{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}",
        "{{ $t := \"{{ tpl .t . }}\" }}{{ tpl $t (dict \"t\" $t) }}",
        "{{ range until 1000000 }}{{ repeat 1000 \"x\" }}{{ end }}"
      })
  void whatNeverEndsIsEnded(String endless) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Given
      Future<Templates.Result> hostile = threads.submit(() -> template(endless));

      // When
      int rendered = 0;
      while (!hostile.isDone()) {
        assertThat(template("{{ 1 }}")).isEqualTo(new Text("1"));
        rendered++;
      }

      // Then
      assertThat(hostile.get()).isNotInstanceOf(Text.class);
      assertThat(rendered).isPositive();
    }
  }

  @Test
  @DisplayName("CVE-2024-32476: a chart that never ends costs its own process only")
  void aChartThatNeverEndsIsKilled() {
    // Given
    int before = pool.killed();

    // When
    RenderException failure =
        failureOf(chart("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
    assertThat(pool.killed()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-36049: memory without end costs its own process only")
  @ValueSource(
      strings = {
        "{{ repeat 3000000000 \"x\" | len }}",
        "{{ $l := list }}{{ range until 100000 }}{{ $l = append $l (repeat 1000000 \"x\") }}{{ end"
            + " }}",
        "{{ $a := dict }}{{ $_ := set $a \"a\" $a }}{{ toToml $a }}",
        "{{ $a := dict }}{{ $_ := set $a \"a\" $a }}{{ printf \"%v\" $a }}"
      })
  void memoryIsBounded(String bomb) {
    // When
    RenderException failure = failureOf(chart("v: " + bomb));

    // Then
    assertThat(failure.kind()).isIn(Kind.MEMORY, Kind.DEADLINE, Kind.TEMPLATE, Kind.CRASHED);
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-31016, 2022-25857: values that grow when they are read are refused")
  @ValueSource(strings = {"aliases", "depth", "size"})
  void valuesThatGrowAreRefused(String how) {
    // Given
    String text =
        switch (how) {
          case "aliases" -> aliases();
          case "depth" -> "a: " + "[".repeat(200_000) + "]".repeat(200_000);
          default -> "a: \"" + "x".repeat(50 << 20) + "\"";
        };

    // When
    RenderException failure = failureOf(chart("v: x", new ValuesFile.Text("v.yaml", text)));

    // Then
    assertThat(failure.kind())
        .isIn(Kind.VALUES, Kind.TOO_LARGE, Kind.MEMORY, Kind.DEADLINE, Kind.CRASHED);
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-24348: a schema that refers elsewhere is not fetched")
  @ValueSource(strings = {"http", "file"})
  void schemasAreNotFetched(String scheme) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Given
      String place =
          scheme.equals("http")
              ? "http://127.0.0.1:" + server.getLocalPort() + "/schema.json"
              : "file:///etc/passwd";
      Map<String, byte[]> files = new TreeMap<>(folder("v: x"));
      files.put("values.schema.json", bytes("{\"$ref\": \"" + place + "\"}"));

      // When
      RenderException failure = failureOf(request(files));

      // Then
      assertThat(failure.kind()).isEqualTo(Kind.CHART);
      assertThat(failure).hasMessageContaining("not fetched");
      server.setSoTimeout(1);
      assertThat(catchThrowableOfType(IOException.class, server::accept)).isNotNull();
    }
  }

  @Test
  @DisplayName(
      "getHostByName is empty in charts as in helm without --enable-dns, refused elsewhere")
  void namesAreNotAskedFor() {
    // When
    RenderedChart chart = pool.chart(chart("v: {{ getHostByName \"localhost\" | quote }}"));

    // Then
    assertThat(chart.objects().getFirst().object().at("/data/v").asText("?")).isEmpty();
    assertThat(template("{{ getHostByName \"localhost\" }}"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.message()).contains("getHostByName is refused"));
  }

  @ParameterizedTest
  @DisplayName("helmfile's exec and secret back ends are refused by name")
  @ValueSource(
      strings = {
        "exec \"id\" (list)",
        "envExec (dict) \"id\" (list)",
        "fetchSecretValue \"ref+file:///etc/passwd\"",
        "expandSecretRefs .",
        "env \"HOME\"",
        "requiredEnv \"PATH\"",
        "expandenv \"$PATH\""
      })
  void whatReachesOutIsRefusedByName(String call) {
    // Given
    String name = call.substring(0, call.indexOf(' '));

    // When, Then
    assertThat(template("{{ " + call + " }}"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.message()).contains("error calling " + name);
              assertThat(failed.line()).isEqualTo(1);
              assertThat(failed.column()).isEqualTo(4);
            });
  }

  @Test
  @DisplayName(
      "CVE-2026-15416: a worker has no port, no socket and nothing to start a program with")
  void theWorkerReachesNothing() throws IOException {
    // Given
    pool.hello();
    List<ProcessHandle> workers =
        ProcessHandle.current()
            .children()
            .filter(p -> p.info().command().orElse("").endsWith("hikkoshi-render"))
            .toList();
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc here");

    // When, Then
    assertThat(workers).isNotEmpty();
    for (ProcessHandle worker : workers) {
      Path proc = Path.of("/proc", Long.toString(worker.pid()));
      try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
        assertThat(open.map(HostileRenderIT::target))
            .noneMatch(target -> target.startsWith("socket:"))
            // Go itself keeps these open from before the sandbox: how much of the machine it may
            // use.
            .noneMatch(t -> t.startsWith("/") && !t.startsWith("/sys/fs/cgroup/"));
      }
      assertThat(Files.readString(proc.resolve("status")))
          .contains("Seccomp:\t2", "NoNewPrivs:\t1");
      assertThat(Files.readString(proc.resolve("environ"))).isEmpty();
    }
  }

  @Test
  @DisplayName("CVE-2023-40584, 2022-24348: archives with links, bombs and ways out are refused")
  void archivesAreLookedInto() {
    // Given
    byte[] noArchive = bytes("hello");

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> pool.unpack(noArchive));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.CHART);
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "gone";
    }
  }

  private static String aliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
    }
    return text.toString();
  }

  private static Templates.Result template(String text) {
    return templates.render(
        new Request("shop/helmfile.yaml.gotmpl", text, Map.of(), TREE, "shop", Map.of()));
  }

  private static RenderException failureOf(ChartRequest request) {
    return catchThrowableOfType(RenderException.class, () -> pool.chart(request));
  }

  private static ChartRequest chart(String data, ValuesFile... values) {
    return request(folder(data), values);
  }

  private static ChartRequest request(Map<String, byte[]> files, ValuesFile... values) {
    return new ChartRequest(
        new ChartFiles.Folder(files),
        ReleaseValues.of(List.of(values)),
        new ChartRequest.Release("web", "prod", 1),
        "v1.37.2",
        null);
  }

  private static Map<String, byte[]> folder(String data) {
    return Map.of(
        "Chart.yaml",
        bytes("apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
        "templates/a.yaml",
        bytes(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  "
                + data.replace("\n", "\n  ")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.hikkoshi.controller.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.WorkerTemplates;
import dev.hikkoshi.controller.source.GitOrigin;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.controller.testing.TestRepository;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.gitsync.SourceConfig;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What broke other controllers, committed to a real repository and read through a real clone. The
 * environment "shop" tries it, "calm" beside it has to be read as if nothing were.
 */
class HostileDefinitionsIT {

  private static final String ENVIRONMENT =
      """
      apiVersion: hikkoshi.dev/v1alpha1
      kind: Environment
      metadata: {name: %s}
      spec:
        mode: act
        region: ap-northeast-1
        account: "111122223333"
        cluster: {config: cluster.yaml}
        apps: {helmfile: %s}
      """;

  private static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {region: ap-northeast-1, version: "1.36"}
      iam: {serviceRoleARN: eks-cluster}
      vpc:
        subnets:
          private:
            ap-northeast-1a: {id: subnet-0a1}
            ap-northeast-1c: {id: subnet-0c1}
      """;

  private static final String PLAIN = "releases:\n- {name: web, chart: ./chart}\n";

  private static RenderPool pool;
  @TempDir Path folder;
  private Path shop;

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @BeforeEach
  void calm() throws IOException {
    shop = folder.resolve("repository/shop");
    for (String name : List.of("calm", "shop")) {
      Path place = folder.resolve("repository").resolve(name);
      Files.createDirectories(place.resolve("chart"));
      Files.writeString(
          place.resolve("environment.yaml"), ENVIRONMENT.formatted(name, "helmfile.yaml.gotmpl"));
      Files.writeString(place.resolve("cluster.yaml"), CLUSTER);
      Files.writeString(
          place.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
      Files.writeString(place.resolve("helmfile.yaml.gotmpl"), PLAIN);
    }
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-24348, -24904, -31036, 2023-4759: links lead nowhere outside")
  @CsvSource({"values.yaml", "chart/templates", "chart/values.yaml"})
  void linksLeadNowhere(String link) throws Exception {
    // Given
    Files.createSymbolicLink(shop.resolve(link), Path.of("/etc/passwd"));
    helmfile("releases:\n- {name: web, chart: ./chart, values: [values.yaml]}\n");
    if (!link.equals("values.yaml")) {
      Files.writeString(shop.resolve("values.yaml"), "a: b\n");
    }

    // When
    String problem = refused();

    // Then
    assertThat(problem).contains(link).doesNotContain("root:");
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-24877, 2024-52284, 2026-47680: no path leads out of the repository")
  @CsvSource(
      delimiter = '~',
      value = {
        "releases: [{name: web, chart: ./chart, values: [../../../etc/passwd]}]",
        "releases: [{name: web, chart: ./chart, values: [/etc/passwd]}]",
        "releases: [{name: web, chart: ../../../etc}]",
        "environments: {default: {values: [/etc/passwd]}}",
        "bases: [../../../etc/passwd]",
        "helmfiles: [../../../etc/passwd]",
        "values: [{{ readFile \"/etc/passwd\" }}]",
        "values: [{{ readFile \"../../../etc/passwd\" | quote }}]"
      })
  void pathsStayInside(String text) throws Exception {
    // Given
    helmfile(text + "\n");

    // When, Then
    assertThat(refused())
        .containsAnyOf("leads out", "outside", "absolute", "not a path")
        .doesNotContain("root:");
  }

  @ParameterizedTest
  @DisplayName("helmfile's programs and remote parts are refused by name")
  @CsvSource(
      delimiter = '~',
      value = {
        "exec~values: [{{ exec \"id\" (list) | quote }}]",
        "envExec~values: [{{ envExec (dict) \"id\" (list) | quote }}]",
        "hooks~hooks: [{events: [prepare], command: id}]",
        "hooks~releases: [{name: web, chart: ./chart, hooks: [{events: [presync], command: id}]}]",
        "postRenderer~releases: [{name: web, chart: ./chart, postRenderer: ./run}]",
        "helmBinary~helmBinary: ./run",
        "kustomizeBinary~kustomizeBinary: ./run",
        "jsonPatches~releases: [{name: web, chart: ./chart, jsonPatches: [{target: {name: a}}]}]",
        "git::~bases: ['git::https://example.com/x.git@a.yaml?ref=v1']",
        "git::~helmfiles: ['git::https://example.com/x.git@helmfile.yaml?ref=v1']",
        "https://~helmfiles: ['https://example.com/helmfile.yaml']",
        "chart~releases: [{name: web, chart: 'git::https://example.com/x.git@chart?ref=v1'}]",
        "fetchSecretValue~values: [{{ fetchSecretValue \"ref+file:///etc/passwd\" | quote }}]",
        "getHostByName~values: [{{ getHostByName \"localhost\" | quote }}]",
        "HOME~values: [{{ env \"HOME\" | quote }}]"
      })
  void whatReachesOutIsRefusedByName(String name, String text) throws Exception {
    // Given
    helmfile(text + "\n");

    // When, Then
    assertThat(refused()).contains(name).contains("shop/helmfile.yaml.gotmpl");
  }

  @Test
  @DisplayName("CVE-2021-41254, 2022-36035: a name is a name, never a command or a path")
  void namesAreNames() throws Exception {
    // Given
    helmfile("releases: [{name: \"web; touch /tmp/x\", chart: ./chart}]\n");

    // When, Then
    assertThat(refused()).contains("web; touch /tmp/x");
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-31016, 2022-25857: YAML that grows when it is read is refused")
  @CsvSource({"helmfile.yaml.gotmpl", "environment.yaml", "cluster.yaml"})
  void yamlBombsAreRefused(String file) throws Exception {
    // Given
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
    }
    Files.writeString(shop.resolve(file), text);

    // When, Then
    assertThat(refused()).contains(file);
  }

  @Test
  @DisplayName("CVE-2022-31016: YAML of endless depth is refused")
  void depthIsBounded() throws Exception {
    // Given
    helmfile("values:\n- a: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n");

    // When, Then
    assertThat(refused()).contains("helmfile.yaml.gotmpl");
  }

  @Test
  @DisplayName("CVE-2024-32476: a template that never ends is an error of its file")
  void endlessTemplatesEnd() throws Exception {
    // Given
    helmfile("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\n" + PLAIN);

    // When, Then
    assertThat(refused()).contains("helmfile.yaml.gotmpl").contains("took longer");
  }

  @Test
  @DisplayName("CVE-2022-24878: helmfiles that include each other end")
  void circlesEnd() throws Exception {
    // Given
    helmfile("helmfiles: [other.yaml]\n");
    Files.writeString(shop.resolve("other.yaml"), "helmfiles: [helmfile.yaml.gotmpl]\n");

    // When, Then
    assertThat(refused()).contains("other.yaml");
  }

  @Test
  @DisplayName("CVE-2022-39272: one bad duration stops its own environment only")
  void oneBadDurationStopsItsOwnOnly() throws Exception {
    // Given
    String text = ENVIRONMENT.formatted("shop", "helmfile.yaml.gotmpl");
    Files.writeString(
        shop.resolve("environment.yaml"), text + "  drift: {grace: 9999999999999999999999h}\n");

    // When, Then
    assertThat(refused()).contains("environment.yaml");
  }

  private void helmfile(String text) throws IOException {
    Files.writeString(shop.resolve("helmfile.yaml.gotmpl"), text);
  }

  /** What was said of "shop"; "calm" was read all the same. */
  private String refused() throws Exception {
    List<Reading> readings = read();
    assertThat(readings).hasSize(2);
    assertThat(readings)
        .filteredOn(r -> r.name().equals(Optional.of("calm")) || r.folder().equals("calm"))
        .singleElement()
        .isInstanceOf(Reading.Good.class);
    return readings.stream()
        .filter(Reading.Bad.class::isInstance)
        .map(Reading.Bad.class::cast)
        .flatMap(bad -> bad.problems().stream())
        .map(Problem::oneLine)
        .reduce("", (a, b) -> a + "\n" + b);
  }

  private List<Reading> read() throws Exception {
    try (TestRepository repository = committed();
        GitOrigin origin =
            new GitOrigin(
                SourceConfig.of("it", repository.url(), "main", folder.resolve("clone")),
                InstantSource.system())) {
      CompletableFuture<String> head = new CompletableFuture<>();
      origin.watch(
          state -> {
            if (state instanceof SourceState.Head(String commit, _)) {
              head.complete(commit);
            }
          });
      return Definitions.read(
          origin.tree(head.get(60, TimeUnit.SECONDS)),
          "",
          new WorkerTemplates(() -> pool),
          Secrets.NONE);
    }
  }

  private TestRepository committed() throws GitAPIException {
    TestRepository repository = new TestRepository(folder.resolve("repository"));
    repository.commit("hostile");
    return repository;
  }
}

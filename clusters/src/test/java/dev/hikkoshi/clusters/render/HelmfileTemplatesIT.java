package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions whose helmfile is a template, with the real worker behind the port. */
class HelmfileTemplatesIT {

  private static final String ENVIRONMENT =
      """
      apiVersion: hikkoshi.dev/v1alpha1
      kind: Environment
      metadata: {name: shop}
      spec:
        mode: act
        region: ap-northeast-1
        account: "111122223333"
        cluster: {config: cluster.yaml}
        apps: {environment: prod, env: {DOMAIN: example.com}}
      """;
  private static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata:
        version: "1.36"
      iam: {serviceRoleARN: eks}
      vpc:
        subnets:
          private: {a: {id: subnet-a}, c: {id: subnet-c}}
      """;

  /** A test without an end would be seen by nobody. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static RenderPool pool;

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

  private static MemoryTree shop() {
    return new MemoryTree()
        .with("shop/environment.yaml", ENVIRONMENT)
        .with("shop/cluster.yaml", CLUSTER)
        .with("shop/chart/Chart.yaml", "name: app\nversion: 1.0.0\n");
  }

  private static Reading read(MemoryTree tree) {
    return Definitions.read(tree, "", new WorkerTemplates(() -> pool), Secrets.NONE).getFirst();
  }

  private static Definition good(MemoryTree tree) {
    Reading reading = read(tree);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).definition();
  }

  private static List<Problem> problems(MemoryTree tree) {
    Reading reading = read(tree);
    assertThat(reading).isInstanceOf(Reading.Bad.class);
    return ((Reading.Bad) reading).problems();
  }

  @Test
  void releasesComeOutOfLoopsOverValuesOfTheEnvironment() {
    // Given
    MemoryTree tree =
        shop()
            .with(
                "shop/env/prod.yaml.gotmpl",
                "teams: {{ readFile \"../teams\" | fromYaml | toJson }}\n")
            .with("shop/teams", "a: 1\nb: 2\n")
            .with("shop/_names.tpl", "{{ define \"name\" }}{{ . }}-app{{ end }}")
            .with(
                "shop/helmfile.yaml.gotmpl",
                """
                environments:
                  prod:
                    values: [env/prod.yaml.gotmpl]
                ---
                releases:
                {{- range $team, $size := .Values.teams }}
                  - name: {{ include "name" $team }}
                    namespace: {{ $team }}
                    chart: ./chart
                    values: [{size: {{ $size }}, host: {{ requiredEnv "DOMAIN" }}}]
                {{- end }}
                """);

    // When
    Definition definition = good(tree);

    // Then
    assertThat(definition.apps().releases())
        .extracting(release -> release.id().toString())
        .containsExactly("a/a-app", "b/b-app");
  }

  @Test
  void whatATemplateReadsChangesTheDigest() {
    // Given
    MemoryTree tree =
        shop()
            .with("shop/name", "web")
            .with(
                "shop/helmfile.yaml.gotmpl",
                """
                environments: {prod: {}}
                ---
                releases: [{name: {{ readFile "name" }}, chart: ./chart}]
                """);

    // When
    String before = good(tree).apps().appDigest();
    String after = good(tree.with("shop/name", "api")).apps().appDigest();

    // Then
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void aMistakeIsToldWithItsPlaceAndItsText() {
    // Given
    MemoryTree tree =
        shop()
            .with(
                "shop/helmfile.yaml.gotmpl",
                """
                environments: {prod: {values: [{name: web}]}}
                ---
                releases:
                  - name: {{ .Values.nmae }}
                    chart: ./chart
                """);

    // When
    List<Problem> problems = problems(tree);

    // Then
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().file()).isEqualTo("shop/helmfile.yaml.gotmpl");
    assertThat(problems.getFirst().line()).isEqualTo(4);
    assertThat(problems.getFirst().message()).contains("nmae");
    assertThat(problems.getFirst().excerpt()).hasValue("  - name: {{ .Values.nmae }}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ exec \"id\" (list) }}",
        "{{ envExec (dict) \"id\" (list) }}",
        "{{ fetchSecretValue \"ref+file:///etc/passwd\" }}",
        "{{ getHostByName \"example.com\" }}",
        "{{ readFile \"../../etc/passwd\" }}",
        "{{ env \"HOME\" }}",
        "{{ requiredEnv \"HOME\" }}",
        "{{ .Values.clusterName }}",
        "{{ range $i := until 1000000000 }}x{{ end }}",
        "{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}"
      })
  void whatTemplatesMayNotDoIsAProblemAndEnds(String template) {
    // Given
    MemoryTree tree =
        shop()
            .with(
                "shop/helmfile.yaml.gotmpl",
                "environments: {prod: {}}\n---\nreleases: []\n# " + template + "\n");

    // When, Then
    assertTimeoutPreemptively(
        BOUND,
        () ->
            assertThat(problems(tree))
                .singleElement()
                .extracting(Problem::file)
                .isEqualTo("shop/helmfile.yaml.gotmpl"));
  }
}

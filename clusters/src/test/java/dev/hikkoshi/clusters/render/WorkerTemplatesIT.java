package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.port.Templates.Failed;
import dev.hikkoshi.environments.port.Templates.Request;
import dev.hikkoshi.environments.port.Templates.Result;
import dev.hikkoshi.environments.port.Templates.Stopped;
import dev.hikkoshi.environments.port.Templates.Text;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port, with the real worker behind it. */
class WorkerTemplatesIT {

  private static final MemoryTree TREE =
      new MemoryTree()
          .with("shop/helmfile.yaml.gotmpl", "")
          .with("shop/_name.tpl", "{{ define \"name\" }}shop-{{ .tier }}{{ end }}")
          .with("shop/_bad.tpl", "{{ define \"bad\" }}\n  {{ .nope }}{{ end }}")
          .with("shop/values/_not-beside.tpl", "{{ if }}")
          .with("shop/values/a.yaml", "a: 1\n")
          .with("shop/values/deep/b.yaml", "b: 2\n")
          .with("common/motd", "hello");

  private static RenderPool pool;
  private static Templates templates;

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
    templates = new WorkerTemplates(() -> pool);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void dataKeepsItsTypes() {
    // Given
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("whole", 12345678L);
    values.put("half", 0.5);
    values.put("nothing", null);
    values.put("list", Arrays.asList(1L, null, "x"));

    // When
    Result result = render("{{ .Values | toYaml }}{{ kindOf .Values.whole }}", values);

    // Then
    assertThat(result)
        .isEqualTo(
            new Text(
                """
                half: 0.5
                list:
                  - 1
                  - null
                  - x
                nothing: null
                whole: 12345678
                int\
                """));
  }

  @Test
  void filesAreThoseOfTheSnapshotSeenFromTheFolder() {
    // When
    Result result =
        render(
            """
            {{ readFile "values/a.yaml" }}{{ readFile "../common/motd" }}
            {{ readDir "values" }} {{ isFile "values" }} {{ isDir "values/deep" }} {{ isFile "nope" }}
            {{ range readDirEntries "values" }}{{ .Name }}={{ .IsDir }} {{ end }}
            """);

    // Then
    assertThat(result)
        .isEqualTo(
            new Text(
                """
                a: 1
                hello
                [values/_not-beside.tpl values/a.yaml] false true false
                _not-beside.tpl=false a.yaml=false deep=true\s
                """));
  }

  @Test
  void helpersBesideTheFileAreParsedFirst() {
    // When
    Result result = render("{{ include \"name\" .Values }}", Map.of("tier", "gold"));

    // Then
    assertThat(result).isEqualTo(new Text("shop-gold"));
  }

  @Test
  void aMistakeInAHelperNamesTheHelper() {
    // When
    Result result = render("{{ include \"bad\" .Values }}");

    // Then
    assertThat(result).isInstanceOf(Failed.class);
    Failed failed = (Failed) result;
    assertThat(failed.line()).isZero();
    assertThat(failed.offending()).isEqualTo(".nope");
    assertThat(failed.message())
        .startsWith("shop/_bad.tpl:2:6: map has no entry for key \"nope\"")
        .contains("shop/helmfile.yaml.gotmpl:1");
  }

  @Test
  void aMistakeHasLineColumnAndTheNearestName() {
    // When
    Result result = render("a: 1\nb: {{ .Values.tiers }}\n", Map.of("tier", "gold"));

    // Then
    assertThat(result)
        .isEqualTo(
            new Failed(
                "map has no entry for key \"tiers\"; did you mean \"tier\"?",
                2,
                14,
                ".Values.tiers",
                false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ exec \"id\" (list) }}", "{{ foo }}", "{{ tpl \"{{ foo }}\" . }}"})
  void aFunctionThatIsRefusedOrThatThereIsNotIsCertain(String call) {
    // When
    Result result = render("a: 1\nb: " + call + "\n", Map.of());

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.certain()).isTrue());
  }

  @Test
  void aPathOutOfTheSnapshotIsRefusedTheSameWayWhetherItIsThereOrNot() {
    // When, Then
    for (String call :
        List.of(
            "readFile \"../../etc/passwd\"",
            "readFile \"../../nosuch\"",
            "isFile \"/etc/passwd\"",
            "isDir \"../..\"",
            "readDir \"/\"",
            "readDirEntries \"~\"")) {
      assertThat(render("{{ " + call + " }}"))
          .as(call)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.message()).endsWith("the path leads out of the snapshot");
                assertThat(failed.line()).isEqualTo(1);
              });
    }
  }

  @Test
  void whatTheTreeRefusesIsTheTemplatesMistake() {
    // When
    Result result = render("{{ readFile \"../links/a\" }}");

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.message()).contains("leads out of the repository"));
  }

  @Test
  void onlyListedNamesOfTheEnvironmentAreSeen() {
    // Given
    Request request =
        new Request(
            "shop/helmfile.yaml.gotmpl",
            "{{ requiredEnv \"REGION\" }}\n{{ env \"HOME\" }}",
            Map.of(),
            TREE,
            "shop",
            Map.of("REGION", "tokyo"));

    // When
    Result result = templates.render(request);

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.line()).isEqualTo(2);
              assertThat(failed.message()).contains("\"HOME\"").contains("spec.apps.env");
            });
  }

  @Test
  void anEndlessTemplateEndsAndTheNextIsRendered() {
    // Given
    int killed = pool.killed();

    // When
    Result endless = render("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}");

    // Then
    assertThat(endless)
        .isInstanceOfSatisfying(
            Stopped.class, stopped -> assertThat(stopped.message()).contains("took longer"));
    assertThat(pool.killed()).isEqualTo(killed + 1);
    assertThat(render("{{ 1 }}")).isEqualTo(new Text("1"));
  }

  @Test
  void theWorkerIsAskedForWithTheFirstTemplateOnly() {
    // Given
    AtomicInteger asked = new AtomicInteger();
    Templates lazy =
        new WorkerTemplates(
            () -> {
              asked.incrementAndGet();
              return pool;
            });

    // When
    assertThat(asked).hasValue(0);
    lazy.render(request("x", Map.of()));

    // Then
    assertThat(asked).hasValue(1);
  }

  private static Result render(String text) {
    return render(text, Map.of());
  }

  private static Result render(String text, Map<String, Object> values) {
    return templates.render(request(text, values));
  }

  private static Request request(String text, Map<String, Object> values) {
    Map<String, Object> dot = Map.of("Values", values);
    return new Request("shop/helmfile.yaml.gotmpl", text, dot, TREE, "shop", Map.of());
  }
}

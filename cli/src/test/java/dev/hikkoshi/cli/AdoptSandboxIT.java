package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that others built is put on paper, and nothing of it is touched. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdoptSandboxIT {

  private static final List<String> PROPERTIES =
      List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl");

  private static final String HELMFILE =
      """
      releases:
        - name: web
          namespace: web
          chart: ./charts/web
          values: [values/web.yaml]
        - name: api
          namespace: api
          chart: ./charts/api
          values: [values/api.yaml]
        - name: later
          namespace: later
          chart: ./charts/api
          values: [values/api.yaml]
      """;

  @TempDir static Path state;
  @TempDir static Path folder;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    Toolbox toolbox = Toolbox.standard(InstantSource.system(), ProgressListener.silent());
    assumeTrue(
        Stream.of(Tool.RENDER, Tool.HELM).allMatch(t -> toolbox.present(t.pinned()).isPresent()),
        "render worker and helm are not built: ./hikkoshi tools build");
    sandbox = Sandbox.start(SandboxOptions.of(state).withPort(0).withPhysics(Physics.fast()));
    var key = sandbox.keys().operator();
    Map.of(
            "aws.accessKeyId",
            key.accessKeyId(),
            "aws.secretAccessKey",
            key.secretKey(),
            "aws.endpointUrl",
            sandbox.endpoint().toString())
        .forEach(System::setProperty);
    files();
    try (LegacyCluster legacy = new LegacyCluster(sandbox, folder.resolve("charts"))) {
      legacy.build();
      String values = folder.resolve("values").toString();
      legacy.install("web", "web", "-f", values + "/web.yaml", "--server-side=false");
      legacy.install("api", "api", "-f", values + "/api.yaml", "--set", "image.tag=old");
      legacy.install("forgotten", "api", "-f", values + "/api.yaml");
      legacy.publish("www.example.com", "web");
      legacy.share("api.example.com", "api");
    }
  }

  private static void files() throws IOException {
    Path sample = Path.of("..", "docs", "sample", "shop", "charts");
    try (Stream<Path> all = Files.walk(sample)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve("charts").resolve(sample.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    Path values = Files.createDirectories(folder.resolve("values"));
    String image =
        "image: {repository: sandbox.hikkoshi.dev/http, tag: new}\nclusterName: legacy\n";
    Files.writeString(values.resolve("web.yaml"), image + "replicas: 2\n");
    Files.writeString(values.resolve("api.yaml"), image + "replicas: 2\n");
    Files.writeString(folder.resolve("helmfile.yaml"), HELMFILE);
  }

  @AfterAll
  static void stop() {
    PROPERTIES.forEach(System::clearProperty);
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Terminal.Result adopt(String... more) {
    String[] words = {
      "adopt",
      "legacy",
      "--name",
      "shop",
      "--region",
      "ap-northeast-1",
      "--helmfile",
      "helmfile.yaml"
    };
    return new Terminal()
        .in(folder)
        .run(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
  }

  private static long lastCall() {
    return sandbox.calls().after(0, _ -> true, 100_000).getLast().seq();
  }

  @Test
  @Order(1)
  void whatIsThereIsSaidAndOnlyTheFolderIsWritten() throws IOException {
    // Given
    long before = lastCall();

    // When
    Terminal.Result result = adopt("-o", "json");

    // Then: external-dns has to let go first
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exit.ERROR.code());
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.path("unseen")).isEmpty();
    assertThat(report.path("problems")).as(result.out()).isEmpty();
    releases(report.path("releases"));
    routes(report.path("routes"));
    assertThat(sandbox.calls().after(before, _ -> true, 100_000))
        .filteredOn(call -> call.principal().contains("operator"))
        .isNotEmpty()
        .allMatch(call -> call.operation().matches("(Describe|List|Get).*"));
    assertThat(Files.readString(folder.resolve("shop/cluster.yaml")))
        .contains("version: \"1.36\"", "instanceType: m7i.large", "name: kube-proxy", "team: shop")
        .doesNotContain("alpha.eksctl.io");
  }

  private static void releases(JsonNode releases) {
    assertThat(releases.findValuesAsText("name").subList(0, 4))
        .containsExactly("api", "forgotten", "later", "web");
    assertThat(releases.findValuesAsText("match"))
        .containsExactly("differs", "only there", "only here", "same");
    JsonNode api = releases.get(0);
    assertThat(api.path("restarts").asBoolean()).isTrue();
    assertThat(api.toString())
        .contains("apps/v1/Deployment/api/api")
        .contains("spec.template.spec.containers[api].image");
    assertThat(releases.get(3).at("/installed/serverSide").asBoolean()).isFalse();
  }

  private static void routes(JsonNode routes) {
    assertThat(routes.findValuesAsText("name")).containsExactly("www", "api");
    assertThat(routes.get(0).at("/inTheWay/0").asText())
        .contains("owner id old-owner", "ingress/web/web", "cname-www.example.com");
    assertThat(routes.get(1).path("inTheWay")).isEmpty();
    assertThat(routes.get(1).path("manages").asText()).contains("legacy-api");
  }

  @Test
  @Order(2)
  void theFolderValidatesAndIsNotWrittenOverUnlessTold() throws IOException {
    // Then
    assertThat(new Terminal().in(folder).run("validate").out()).contains("✓ good");

    // When
    Files.writeString(folder.resolve("shop/cluster.yaml"), "mine\n");

    // Then
    assertThat(adopt().exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(Files.readString(folder.resolve("shop/cluster.yaml"))).isEqualTo("mine\n");

    // When
    Terminal.Result forced = adopt("--force");

    // Then
    assertThat(forced.out()).contains("✓ wrote shop/cluster.yaml");
    assertThat(new Terminal().in(folder).run("validate").out()).contains("✓ good");
  }

  @Test
  @Order(3)
  void aClusterThatIsNotThereIsAnErrorAndMakesNothing() {
    // When
    Terminal.Result result =
        new Terminal()
            .in(folder)
            .run("adopt", "nosuch", "--name", "other", "--region", "ap-northeast-1");

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.err()).contains("there is no cluster nosuch");
    assertThat(folder.resolve("other")).doesNotExist();
  }
}

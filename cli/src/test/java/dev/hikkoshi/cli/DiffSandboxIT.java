package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.doctor.Examination;
import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.eks.EksAdapter;
import dev.hikkoshi.clusters.eks.EksTokens;
import dev.hikkoshi.clusters.helm.HelmInside;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code diff} finds the environment's cluster in EKS and asks its real API server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiffSandboxIT {

  private static final Path SAMPLE = Path.of("..", "docs", "sample");
  private static final String CLUSTER = "shop-1-37-1";
  private static final String REGION = "ap-northeast-1";
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir static Path state;
  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static AwsClients aws;
  private static EksAdapter eks;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built: ./hikkoshi tools build");
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
    aws = AwsClients.of(AwsSettings.standard().in(REGION));
    eks = new EksAdapter(aws, InstantSource.system());
    sample();
  }

  private static void sample() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve("envs").resolve(SAMPLE.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    Files.writeString(
        folder.resolve("envs/shop/charts/web/templates/secret.yaml"),
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: web}
        stringData: {password: {{ .Values.password | quote }}}
        """);
    Files.writeString(
        folder.resolve("envs/shop/values/web.yaml.gotmpl"),
        Files.readString(folder.resolve("envs/shop/values/web.yaml.gotmpl"))
            + "password: {{ get \"password\" \"the-first-one\" .Values }}\n");
  }

  @AfterAll
  static void stop() {
    List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl")
        .forEach(System::clearProperty);
    if (sandbox != null) {
      aws.close();
      sandbox.close();
    }
  }

  private static Terminal.Result diff(String... more) {
    String[] words = Stream.concat(Stream.of("diff"), Stream.of(more)).toArray(String[]::new);
    return new Terminal().in(folder).run(words);
  }

  @Test
  @Order(1)
  void anEnvironmentWithoutAClusterIsNoEnvironmentWithoutChanges() {
    // When
    Terminal.Result result = diff("shop");

    // Then
    assertThat(result.exit()).as(result.err()).isEqualTo(Exit.UNREADABLE.code());
    assertThat(result.err()).contains("shop has no cluster that answers yet");
  }

  @Test
  @Order(2)
  void inANewClusterEverythingIsMissingAndNothingIsWritten() {
    // Given
    cluster();

    // When
    Terminal.Result byName = diff("shop");
    Terminal.Result again = diff("envs/shop", "--cluster", CLUSTER);

    // Then
    assertThat(byName.exit()).as(byName.err()).isEqualTo(Exit.CHANGES.code());
    assertThat(byName.out())
        .contains("web/web in " + CLUSTER, "api/api in " + CLUSTER)
        .contains("+ apps/v1/Deployment/web/web")
        .doesNotContain("the-first-one");
    assertThat(again.out()).isEqualTo(byName.out());
  }

  @Test
  @Order(3)
  void afterASyncThereAreNoChangesAndStateValuesMakeSome() throws IOException {
    // Given
    sync();

    // When
    Terminal.Result same = diff("shop");
    Terminal.Result changed =
        diff("shop", "--state-values-set", "password=the-second-one,web.replicas=5");
    Terminal.Result other = diff("shop", "-l", "name=api", "--state-values-set", "web.replicas=5");

    // Then
    assertThat(same.exit()).as(same.out() + same.err()).isEqualTo(Exit.OK.code());
    assertThat(same.out()).isEqualTo("No changes.\n");
    assertThat(changed.exit()).as(changed.err()).isEqualTo(Exit.CHANGES.code());
    assertThat(changed.out())
        .contains("~ apps/v1/Deployment/web/web", "spec.replicas", "~ v1/Secret/web/web")
        .doesNotContain("the-first-one", "the-second-one", "api/api");
    assertThat(other.exit()).as(other.out() + other.err()).isEqualTo(Exit.OK.code());
  }

  @Test
  @Order(4)
  void aClusterOfAnotherNameAndAnotherAccountAreTold() throws IOException {
    // Given
    Path environment = folder.resolve("envs/shop/environment.yaml");
    String text = Files.readString(environment);

    // When
    Terminal.Result missing = diff("shop", "--cluster", "shop-1-37-2");
    Files.writeString(environment, text.replace("\"111122223333\"", "\"999999999999\""));
    Terminal.Result foreign = diff("shop");
    Files.writeString(environment, text);

    // Then
    assertThat(missing.exit()).isEqualTo(Exit.UNREADABLE.code());
    assertThat(missing.err()).contains("no cluster shop-1-37-2", "There are: " + CLUSTER);
    assertThat(foreign.exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(foreign.err()).contains("111122223333", "999999999999");
  }

  private static void cluster() {
    Outcome outcome =
        eks.createCluster(
            new ClusterSpec(
                CLUSTER,
                "1.37",
                "arn:aws:iam::111122223333:role/eks-cluster",
                List.of("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"),
                List.of(),
                true,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "API",
                "STANDARD",
                List.of("api"),
                Map.of(EksGateway.ENVIRONMENT_TAG, "shop", EksGateway.NUMBER_TAG, "1"),
                "token-of-" + CLUSTER));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    await()
        .atMost(LONG)
        .until(() -> seen().filter(c -> c.status() == ClusterSeen.Status.ACTIVE).isPresent());
  }

  private static Optional<ClusterSeen> seen() {
    return eks.clusters(Set.of("shop")).known().orElse(List.of()).stream().findFirst();
  }

  private static void sync() {
    ClusterSeen cluster = seen().orElseThrow();
    Session session =
        new Session(
            InstantSource.system(),
            Map.of(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            false,
            () -> "",
            folder,
            _ -> true);
    try (Worker worker = new Worker(session);
        KubeClients clients = new KubeClients(new EksTokens(aws, Clock.systemUTC()));
        HelmInside inside =
            new HelmInside(clients, worker.pool(), worker.renderer(), Clock.systemUTC())) {
      DefinitionFiles files =
          DefinitionFiles.ofFolder(Path.of("."), folder, worker.templates(), worker.secrets());
      Wanted wanted =
          Examination.desired(
                  Objects.requireNonNull(Definitions.good(files.readings()).get("shop")),
                  "working-tree")
              .wanted(CLUSTER, "1.37", true);
      for (WantedRelease release : wanted.releases()) {
        assertThat(inside.sync(cluster, wanted, release.id())).isInstanceOf(Outcome.Done.class);
      }
    }
  }
}

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor asks a real region in the wire formats of AWS, and writes nothing into it. */
class DoctorSandboxIT {

  private static final Path SAMPLE = Path.of("..", "docs", "sample");

  @TempDir static Path folder;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built: ./hikkoshi tools build");
    sandbox = Sandbox.start(SandboxOptions.of(folder).withPort(0).withPhysics(Physics.fast()));
    var key = sandbox.keys().operator();
    Map.of(
            "aws.accessKeyId",
            key.accessKeyId(),
            "aws.secretAccessKey",
            key.secretKey(),
            "aws.endpointUrl",
            sandbox.endpoint().toString())
        .forEach(System::setProperty);
  }

  @AfterAll
  static void stop() {
    List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl")
        .forEach(System::clearProperty);
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void whatCannotBeSeenIsToldAndNothingIsWritten() throws IOException, InterruptedException {
    // Given: the sample's zone and load balancer do not exist in this region
    String dns = sandbox.summary().path("parts").path("dns").path("address").asText();

    // When
    Terminal.Result result =
        new Terminal()
            .in(SAMPLE.toAbsolutePath().normalize())
            .run("doctor", "shop", "--dns-server", dns);

    // Then
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exit.UNREADABLE.code());
    assertThat(result.out())
        .contains("? access  web")
        .contains("? access  api")
        .doesNotContain("credentials, account and roles");
    assertThat(calls()).isNotEmpty().allMatch(c -> c.matches("(Describe|List|Get|AssumeRole).*"));
  }

  private static List<String> calls() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.endpoint() + "/_sandbox/calls?after=0")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode calls =
          new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
      return StreamSupport.stream(calls.path("calls").spliterator(), false)
          .map(c -> c.path("operation").asText())
          .toList();
    }
  }
}

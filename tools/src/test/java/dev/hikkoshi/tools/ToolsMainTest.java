package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsMainTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeGo go;

  @BeforeEach
  void machine() throws IOException {
    go = new FakeGo(Files.createDirectory(folder.resolve("bin")), "go1.26.8", FakeGo.BUILDS);
  }

  @Test
  void pathPrintsThePathAndNothingElseOnStdout() {
    // When
    int exit = run("path", "kube-apiserver@1.36");

    // Then
    assertThat(exit).isZero();
    assertThat(text(out).lines()).singleElement().asString().endsWith("/kube-apiserver");
    assertThat(text(err)).contains("tools 1/1  kube-apiserver@1.36.3  built in");
  }

  @Test
  void buildBuildsAllThatTheSandboxNeeds() {
    // When
    int exit = run("build");

    // Then
    assertThat(exit).isZero();
    assertThat(text(out))
        .contains("kube-apiserver@1.37.2", "kube-apiserver@1.36.3", "hikkoshi-render");
    assertThat(go.builds()).isEqualTo(Tool.standardSet().size());
  }

  @Test
  void listAsJsonHasOneItemPerPinnedVersion() {
    // Given
    run("build", "etcd");
    out.reset();

    // When
    int exit = run("list", "--output", "json");

    // Then
    assertThat(exit).isZero();
    assertThat(text(out))
        .startsWith("{\"apiVersion\": \"hikkoshi.dev/v1alpha1\", \"kind\": \"ToolList\"")
        .contains("{\"name\": \"kwok\", \"version\": \"0.8.0\", \"path\": null}")
        .containsPattern("\"name\": \"etcd\", \"version\": \"3.7.3\", \"path\": \"/.*/etcd\"");
  }

  @Test
  void aFailedBuildExitsWithOne() {
    // Given
    go.behaves("echo broken >&2; exit 2");

    // When, Then
    assertThat(run("build", "etcd")).isEqualTo(1);
    assertThat(text(err)).contains("hikkoshi tools: Building etcd@3.7.3 failed");
  }

  @Test
  void wrongUsageExitsWith64() {
    // When, Then
    assertThat(run()).isEqualTo(64);
    assertThat(run("nosuch")).isEqualTo(64);
    assertThat(run("path")).isEqualTo(64);
    assertThat(run("path", "kube-apiserver@1.12")).isEqualTo(64);
    assertThat(run("list", "-o", "xml")).isEqualTo(64);
    assertThat(text(err)).contains("kube-apiserver@1.37.2|1.36.3");
  }

  @Test
  void helpBeginsWithExamples() {
    // When, Then
    assertThat(run("--help")).isZero();
    assertThat(text(out)).startsWith("Examples:");
  }

  private int run(String... args) {
    Map<String, String> environment = go.environment();
    return new ToolsMain(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            listener ->
                new Toolbox(
                    InstantSource.system(),
                    listener,
                    new Toolbox.Surroundings(
                        environment,
                        new ToolCache(folder.resolve("cache")),
                        new ModuleSources.Packed(),
                        _ -> Long.MAX_VALUE,
                        GoBuild.DEADLINE,
                        KnownKeys.in(null))))
        .run(List.of(args));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

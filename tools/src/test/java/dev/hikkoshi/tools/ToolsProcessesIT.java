package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several launchers at once, each its own JVM, as users have them. */
class ToolsProcessesIT {

  @TempDir Path folder;

  @Test
  void twoProcessesAtOnceBuildOnce() throws Exception {
    // Given
    FakeGo go = fakeGo("/bin/sleep 2; " + FakeGo.BUILDS);

    // When
    List<Process> both = List.of(launch(go, "path", "render"), launch(go, "path", "render"));

    // Then
    String first = outputOf(both.getFirst());
    assertThat(first).isNotBlank().isEqualTo(outputOf(both.getLast()));
    assertThat(go.builds()).isEqualTo(1);
  }

  @Test
  void aLauncherKilledInABuildLeavesTheLockFreeAndNoHalfBinary() throws Exception {
    // Given
    FakeGo go = fakeGo("echo half > \"$out\"; echo x > ${0%/*}/begun; exec /bin/sleep 20");
    Process killed = launch(go, "path", "render");
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> go.exists("begun"));

    // When
    List<ProcessHandle> children = killed.descendants().toList();
    killed.destroyForcibly().waitFor();
    go.behaves(FakeGo.BUILDS);
    Process next = launch(go, "path", "render");

    // Then
    Path built = Path.of(outputOf(next));
    assertThat(Files.readString(built)).startsWith("#!/bin/sh");
    assertThat(folder.resolve("cache/work")).isEmptyDirectory();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private FakeGo fakeGo(String behaviour) throws IOException {
    return new FakeGo(Files.createDirectory(folder.resolve("bin")), "go1.26.8", behaviour);
  }

  private Process launch(FakeGo go, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder
        .command()
        .addAll(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dhikkoshi.root=" + System.getProperty("hikkoshi.root"),
                "-cp",
                System.getProperty("java.class.path"),
                ToolsMain.class.getName()));
    builder.command().addAll(List.of(args));
    builder.environment().clear();
    builder.environment().putAll(go.environment());
    builder.environment().put("HIKKOSHI_CACHE", folder.resolve("cache").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private static String outputOf(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.strip();
  }
}

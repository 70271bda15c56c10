package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks and aggregated APIs point away; nothing leaves, though there is a way out. */
class ContainmentIT {

  @TempDir Path directory;

  @Test
  void noPacketLeavesTheMachine() throws IOException, InterruptedException {
    List<String> namespace = List.of("unshare", "--net", "--map-root-user");
    Output able = run(with(namespace, "ip", "link", "add", "x0", "type", "veth"));
    assumeTrue(able.code() == 0, () -> "no network namespace to test in: " + able.text());
    List<String> command = new ArrayList<>(namespace);
    command.addAll(List.of("python3", "src/test/python/contained.py"));
    command.addAll(SandboxProcess.command(directory.resolve("state"), "--management"));

    Output output = run(command);

    assertThat(output.code()).as(output.text()).isZero();
    assertThat(output.text())
        .contains("192.0.2.7:8443", "away.example.com:443")
        .contains("packets 0\n", "packets after a probe 1");
  }

  private record Output(int code, String text) {}

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static Output run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (InputStream in = process.getInputStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
      }
    } catch (IOException e) {
      return new Output(127, String.valueOf(e.getMessage()));
    }
  }
}

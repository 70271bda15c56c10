package dev.hikkoshi.controller.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.SandboxMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A sandbox with a management cluster, in a process of its own. */
public final class LocalSandbox implements AutoCloseable {

  private final Process process;
  private final JsonNode summary;

  private LocalSandbox(Process process, JsonNode summary) {
    this.process = process;
    this.summary = summary;
  }

  /** Starts it and waits until it says that it is ready. */
  public static LocalSandbox start(Path folder) throws IOException {
    Path log = folder.resolve("sandbox.log");
    Process process =
        new ProcessBuilder(command(folder.resolve("sandbox")))
            .redirectError(Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the sandbox did not start: " + Files.readString(log));
    }
    return new LocalSandbox(process, new ObjectMapper().readTree(line));
  }

  private static List<String> command(Path state) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dhikkoshi.root=" + System.getProperty("hikkoshi.root"),
        "-cp",
        System.getProperty("java.class.path"),
        SandboxMain.class.getName(),
        "run",
        "--state",
        state.toString(),
        "--port",
        "0",
        "--physics",
        "fast",
        "--management",
        "--output",
        "json");
  }

  /** The kubeconfig of the management cluster. */
  public Path kubeconfig() {
    return Path.of(summary.at("/management/kubeconfig").asText());
  }

  /** Where AWS clients go. */
  public URI endpoint() {
    return URI.create(summary.path("endpoint").asText());
  }

  /** The keys of the operator, the default profile. */
  public Path credentials() {
    return Path.of(summary.path("credentials").asText());
  }

  /** Every call that was made so far, oldest first. */
  public List<JsonNode> calls() throws IOException {
    List<JsonNode> calls = new ArrayList<>();
    Path log = credentials().resolveSibling("calls.jsonl");
    for (String line : Files.readAllLines(log)) {
      calls.add(new ObjectMapper().readTree(line));
    }
    return calls;
  }

  /** What a process of a user needs to reach the region. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_CONFIG_FILE", summary.path("config").asText(),
        "AWS_SHARED_CREDENTIALS_FILE", summary.path("credentials").asText(),
        "AWS_PROFILE", "hikkoshi",
        "AWS_REGION", summary.path("region").asText(),
        "KUBECONFIG", kubeconfig().toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

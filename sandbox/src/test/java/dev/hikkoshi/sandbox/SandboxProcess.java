package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A sandbox in a process of its own, as users run it. */
public final class SandboxProcess implements AutoCloseable {

  private final Process process;
  private final Path state;
  private final JsonNode summary;

  private SandboxProcess(Process process, Path state, JsonNode summary) {
    this.process = process;
    this.state = state;
    this.summary = summary;
  }

  /** The command that runs it, with a free port, fast physics and a JSON ready line. */
  public static List<String> command(Path state, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhikkoshi.root=" + System.getProperty("hikkoshi.root", ""),
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
                "--output",
                "json"));
    command.addAll(List.of(more));
    return command;
  }

  /** Starts it and waits for the ready line. */
  public static SandboxProcess start(Path state, String... more) throws IOException {
    File log = state.resolveSibling(state.getFileName() + ".log").toFile();
    Process process =
        new ProcessBuilder(command(state, more))
            .redirectError(ProcessBuilder.Redirect.appendTo(log))
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the sandbox did not start: " + Files.readString(log.toPath()));
    }
    return new SandboxProcess(process, state, new ObjectMapper().readTree(line));
  }

  /** What the ready line told. */
  public JsonNode summary() {
    return summary;
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** Pids of the children that the sandbox has on record, and of its supervisor. */
  public List<ProcessHandle> children() throws IOException {
    JsonNode kept =
        new ObjectMapper()
            .readTree(state.resolve("state").resolve("processes.json").toFile())
            .path("running");
    List<ProcessHandle> all = new ArrayList<>(process.children().toList());
    StreamSupport.stream(kept.spliterator(), false)
        .map(child -> child.path("pid").asLong())
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

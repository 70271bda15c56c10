package dev.hikkoshi.controller.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The application as it is shipped, in a process of its own. */
public final class ShippedController implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;
  private final Path log;

  private ShippedController(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /** Starts it; it is not ready yet. */
  public static ShippedController start(
      String name, Path folder, Map<String, String> environment, List<String> properties)
      throws IOException {
    int port = freePort();
    Path log = folder.resolve(name + ".log");
    Path root = Path.of(System.getProperty("hikkoshi.root"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhikkoshi.root=" + root,
                "-Dhikkoshi.cache=" + folder.resolve(name),
                "-Dquarkus.http.port=" + port));
    command.addAll(properties);
    command.add("-jar");
    command.add(root.resolve("controller/target/quarkus-app/quarkus-run.jar").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new ShippedController(builder.start(), URI.create("http://127.0.0.1:" + port), log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Status of an answer; 0 while nobody answers. */
  public int get(String path) {
    return answer(HttpRequest.newBuilder(address.resolve(path)).build());
  }

  public int post(String path, String body) {
    return answer(
        HttpRequest.newBuilder(address.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private int answer(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The text of an answer. */
  public String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    return answer.body();
  }

  public boolean leads() {
    try {
      return text("/q/metrics").contains("hikkoshi_leader 1.0");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  public Process process() {
    return process;
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroyForcibly();
  }
}

package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.process.Child;
import dev.hikkoshi.sandbox.process.ChildSpec;
import dev.hikkoshi.sandbox.process.Children;
import dev.hikkoshi.sandbox.state.StateStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The one etcd of all clusters; each has a prefix. Throw-away data: nothing is synced to disk. */
final class Etcd implements AutoCloseable {

  private static final String DOCUMENT = "etcd";
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final long QUOTA_BYTES = 2L << 30;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Child child;
  private final String url;

  record Kept(int clientPort, int peerPort) {}

  private Etcd(Child child, String url) {
    this.child = child;
    this.url = url;
  }

  /**
   * Starts etcd and waits until it answers.
   *
   * @throws IllegalStateException where it does not
   */
  static Etcd start(Children children, Path binary, StateStore state, Path directory) {
    Kept kept =
        state
            .read(DOCUMENT, Kept.class)
            .orElseGet(
                () -> {
                  Kept fresh = new Kept(Ports.free(), Ports.free());
                  state.write(DOCUMENT, fresh);
                  return fresh;
                });
    String client = "http://127.0.0.1:" + kept.clientPort();
    String peer = "http://127.0.0.1:" + kept.peerPort();
    Path log = directory.resolve("etcd.log");
    Child child =
        children.start(
            new ChildSpec(
                "etcd",
                List.of(
                    binary.toString(),
                    "--name=sandbox",
                    "--data-dir=" + directory.resolve("etcd"),
                    "--listen-client-urls=" + client,
                    "--advertise-client-urls=" + client,
                    "--listen-peer-urls=" + peer,
                    "--initial-advertise-peer-urls=" + peer,
                    "--initial-cluster=sandbox=" + peer,
                    "--quota-backend-bytes=" + QUOTA_BYTES,
                    "--log-level=warn",
                    "--unsafe-no-fsync"),
                Map.of("HOME", directory.toString()),
                directory,
                log));
    Etcd etcd = new Etcd(child, client);
    etcd.awaitHealthy(log);
    return etcd;
  }

  String url() {
    return url;
  }

  private void awaitHealthy(Path log) {
    Wait.until(
        "etcd",
        DEADLINE,
        log,
        child,
        () -> {
          HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health")).build();
          return http.send(request, HttpResponse.BodyHandlers.ofString()).body().contains("true");
        });
  }

  /** Deletes everything of a cluster. */
  void deletePrefix(String prefix) throws IOException, InterruptedException {
    // The range end of a prefix is the prefix with its last byte raised by one.
    byte[] key = (prefix + "/").getBytes(StandardCharsets.UTF_8);
    byte[] end = (prefix + "0").getBytes(StandardCharsets.UTF_8);
    Base64.Encoder base64 = Base64.getEncoder();
    String body =
        "{\"key\":\"%s\",\"range_end\":\"%s\"}"
            .formatted(base64.encodeToString(key), base64.encodeToString(end));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v3/kv/deleterange"))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("etcd did not delete " + prefix + ": " + answer.body());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    child.stop(Duration.ofSeconds(1));
  }
}

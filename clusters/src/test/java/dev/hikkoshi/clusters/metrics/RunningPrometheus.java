package dev.hikkoshi.clusters.metrics;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A Prometheus server in a process of its own, and an application that it scrapes. */
final class RunningPrometheus implements AutoCloseable {

  private final Process process;
  private final HttpServer application;
  private final String url;

  private RunningPrometheus(Process process, HttpServer application, String url) {
    this.process = process;
    this.application = application;
    this.url = url;
  }

  /** Starts both and waits until there are samples. */
  static RunningPrometheus start(Path folder, Path binary, double eachSecond) throws IOException {
    HttpServer application = application(eachSecond);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            scrape_configs:
            - job_name: shop
              scrape_interval: 250ms
              scrape_timeout: 250ms
              static_configs:
              - targets: ["127.0.0.1:%d"]
            """
                .formatted(application.getAddress().getPort()));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("prometheus.log").toFile()))
            .start();
    RunningPrometheus running =
        new RunningPrometheus(process, application, "http://127.0.0.1:" + port);
    try {
      running.awaitSamples(folder.resolve("prometheus.log"));
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static HttpServer application(double eachSecond) throws IOException {
    long begin = System.nanoTime();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          double orders = (System.nanoTime() - begin) / 1e9 * eachSecond;
          byte[] body = exposition(orders).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String exposition(double orders) {
    return """
        # TYPE orders_total counter
        orders_total{cluster="shop-1-37-2",result="lost"} %1$f
        orders_total{cluster="shop-1-37-2",result="kept"} %2$f
        # TYPE queue_length gauge
        queue_length{cluster="shop-1-37-2"} 7
        # TYPE latency_seconds histogram
        latency_seconds_bucket{le="0.1"} %2$f
        latency_seconds_bucket{le="+Inf"} %3$f
        latency_seconds_sum 1
        latency_seconds_count %3$f
        """
        .formatted(orders / 10, orders * 9 / 10, orders);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return url;
  }

  private void awaitSamples(Path log) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/query?query=queue_length")).build();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> {
                if (!process.isAlive()) {
                  throw new IllegalStateException("prometheus ended: " + Files.readString(log));
                }
                return http.send(request, BodyHandlers.ofString()).body().contains("queue_length");
              });
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    application.stop(0);
  }
}

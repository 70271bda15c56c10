package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.net.Vpc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The listeners of one container. */
final class Servers implements AutoCloseable {

  private static final int SECONDS = 5;

  /** Longer than a load balancer keeps a connection that nobody uses. */
  private static final int IDLE_SECONDS = 75;

  private final List<HttpServer> open;
  private final Map<Integer, String> notOpen;

  private Servers(List<HttpServer> open, Map<Integer, String> notOpen) {
    this.open = List.copyOf(open);
    this.notOpen = Map.copyOf(notOpen);
  }

  /** Opens what can be opened; returns when connections are taken. */
  static Servers open(Vertx vertx, String podIp, List<Integer> ports, Application application) {
    String host = Vpc.loopback(podIp).getHostAddress();
    List<HttpServer> open = new ArrayList<>();
    Map<Integer, String> notOpen = new TreeMap<>();
    for (int port : ports) {
      HttpServer server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setTcpNoDelay(true)
                      .setHttp2ClearTextEnabled(false)
                      .setMaxHeaderSize(65_536)
                      .setMaxInitialLineLength(16_384)
                      .setIdleTimeout(IDLE_SECONDS))
              .requestHandler(application)
              .exceptionHandler(gone -> {});
      try {
        await(server.listen(port, host));
        open.add(server);
      } catch (IllegalStateException e) {
        notOpen.put(port, String.valueOf(e.getMessage()));
      }
    }
    return new Servers(open, notOpen);
  }

  /** Ports that could not be opened, and why. */
  Map<Integer, String> notOpen() {
    return notOpen;
  }

  int count() {
    return open.size();
  }

  /** Closes the listeners and their connections. */
  @Override
  public void close() {
    List<Future<Void>> closing = open.stream().map(HttpServer::close).toList();
    for (Future<Void> one : closing) {
      try {
        await(one);
      } catch (IllegalStateException e) {
        // It is closed as far as it can be: the event loops may be gone already.
      }
    }
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + SECONDS + " s", e);
    }
  }
}

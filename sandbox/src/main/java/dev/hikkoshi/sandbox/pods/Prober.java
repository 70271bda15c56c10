package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.net.Vpc;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks containers as a kubelet does, over real connections. */
final class Prober implements AutoCloseable {

  /** Two busy cores are slower than a node: the default of one second would fail by itself. */
  private static final int LEAST_SECONDS = 3;

  private final HttpClient http;
  private final NetClient tcp;

  Prober(Vertx vertx) {
    http = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    tcp = vertx.createNetClient();
  }

  /** Whether the probe succeeds now; probes that run inside the container always do. */
  boolean ask(Container container, Probe probe, String podIp) {
    int seconds = Math.max(LEAST_SECONDS, Objects.requireNonNullElse(probe.getTimeoutSeconds(), 1));
    HTTPGetAction get = probe.getHttpGet();
    if (get != null && !"HTTPS".equals(get.getScheme())) {
      return within(
          seconds, get(container, get, podIp).map(status -> status >= 200 && status < 400));
    }
    int port = port(container, probe);
    return port < 0 || within(seconds, connect(podIp, port));
  }

  /** Calls a hook; what it answers does not matter. */
  void call(Container container, HTTPGetAction get, String podIp) {
    within(LEAST_SECONDS, get(container, get, podIp).map(true));
  }

  private static int port(Container container, Probe probe) {
    if (probe.getHttpGet() != null) {
      return port(container, probe.getHttpGet().getPort());
    }
    if (probe.getTcpSocket() != null) {
      return port(container, probe.getTcpSocket().getPort());
    }
    return probe.getGrpc() == null ? -1 : probe.getGrpc().getPort();
  }

  private static int port(Container container, IntOrString port) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(p -> Objects.equals(p.getName(), port.getStrVal()))
        .findFirst()
        .map(ContainerPort::getContainerPort)
        .orElse(0);
  }

  private Future<Integer> get(Container container, HTTPGetAction get, String podIp) {
    int port = port(container, get.getPort());
    String path = Objects.requireNonNullElse(get.getPath(), "/");
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(Vpc.loopback(podIp).getHostAddress())
            .setPort(port)
            .setURI(path.startsWith("/") ? path : "/" + path)
            .putHeader("User-Agent", "kube-probe/sandbox")
            .putHeader("Host", podIp + ":" + port);
    return http.request(options)
        .compose(HttpClientRequest::send)
        .map(HttpClientResponse::statusCode);
  }

  private Future<Boolean> connect(String podIp, int port) {
    return tcp.connect(port, Vpc.loopback(podIp).getHostAddress())
        .compose(socket -> socket.close().map(true));
  }

  private static boolean within(int seconds, Future<Boolean> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close().onComplete(done -> {});
    tcp.close().onComplete(done -> {});
  }
}

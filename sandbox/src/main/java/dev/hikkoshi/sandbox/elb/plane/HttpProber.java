package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Matcher;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.net.Vpc;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks targets over HTTP, each time on a new connection, as health checks of AWS do. */
final class HttpProber implements HealthChecks.Prober {

  private static final String AGENT = "ELB-HealthChecker/2.0";

  private final HttpClient client;

  HttpProber(Vertx vertx) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setConnectTimeout(10_000));
  }

  @Override
  public HealthRecord.Probe ask(TargetGroup group, TargetGroup.Address target) {
    TargetGroup.HealthCheck check = group.healthCheck();
    int port = check.port().equals("traffic-port") ? target.port() : Integer.parseInt(check.port());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(Vpc.loopback(target.ip()).getHostAddress())
            .setPort(port)
            .setURI(check.path())
            .setSsl(check.protocol().equals("HTTPS"))
            .putHeader("User-Agent", AGENT)
            .putHeader("Host", target.ip() + ":" + port)
            .setTimeout(check.timeoutSeconds() * 1000L);
    try {
      int status =
          client
              .request(options)
              .compose(HttpClientRequest::send)
              .map(HttpClientResponse::statusCode)
              .toCompletionStage()
              .toCompletableFuture()
              .get(check.timeoutSeconds(), TimeUnit.SECONDS);
      return Matcher.matches(check.matcher(), status)
          ? new HealthRecord.Probe.Good()
          : new HealthRecord.Probe.Mismatch(status);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HealthRecord.Probe.Failed();
    } catch (TimeoutException e) {
      return new HealthRecord.Probe.Timeout();
    } catch (ExecutionException e) {
      return e.getCause() instanceof TimeoutException
          ? new HealthRecord.Probe.Timeout()
          : new HealthRecord.Probe.Failed();
    }
  }

  void close() {
    client.close().onComplete(done -> {});
  }
}

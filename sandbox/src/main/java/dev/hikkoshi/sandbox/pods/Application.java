package dev.hikkoshi.sandbox.pods;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a container answers over HTTP: who it is, or what its script says. */
final class Application implements Handler<HttpServerRequest> {

  private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

  private final Vertx vertx;
  private final InstantSource clock;
  private final Identity identity;
  private final Supplier<Script> script;
  private final Instant startedAt;
  private final Set<String> probePaths;
  private final Rate rate = new Rate();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean draining;

  /**
   * Who answers.
   *
   * @param headers on every answer
   * @param body a JSON object with at least one member, as text, without its last brace
   */
  record Identity(Map<String, String> headers, String body) {
    Identity {
      headers = Map.copyOf(headers);
    }
  }

  Application(
      Vertx vertx,
      InstantSource clock,
      Identity identity,
      Supplier<Script> script,
      Instant startedAt,
      Set<String> probePaths) {
    this.vertx = vertx;
    this.clock = clock;
    this.identity = identity;
    this.script = script;
    this.startedAt = startedAt;
    this.probePaths = Set.copyOf(probePaths);
  }

  /** From now on each answer is the last of its connection. */
  void drain() {
    draining = true;
  }

  /** Whether some request is not answered yet. */
  boolean busy() {
    return inFlight.get() > 0;
  }

  @Override
  public void handle(HttpServerRequest request) {
    inFlight.incrementAndGet();
    Instant now = clock.instant();
    int status = status(request, now);
    Duration delay = delay(now);
    if (delay.isZero()) {
      answer(request, status);
      return;
    }
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> answer(request, status));
  }

  private int status(HttpServerRequest request, Instant now) {
    Script script = this.script.get();
    double perSecond = rate.count(now);
    if (script.neverReady() || now.isBefore(startedAt.plus(script.readyAfter()))) {
      return 503;
    }
    Instant from = script.errorsFrom();
    boolean sick = perSecond > script.errorsAboveRps() && (from == null || !now.isBefore(from));
    boolean spared = probePaths.contains(String.valueOf(request.path()));
    boolean fails = ThreadLocalRandom.current().nextDouble() < script.errors();
    return sick && fails && !spared ? 500 : 200;
  }

  private Duration delay(Instant now) {
    Script script = this.script.get();
    Duration throttleAfter = script.throttleAfter();
    boolean throttled = throttleAfter != null && !now.isBefore(startedAt.plus(throttleAfter));
    return throttled
        ? script.latency().plus(rate.queue(now, script.throttledRps()))
        : script.latency();
  }

  private void answer(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      inFlight.decrementAndGet();
      return;
    }
    identity.headers().forEach(response::putHeader);
    response.putHeader("Content-Type", "application/json");
    if (draining) {
      response.putHeader("Connection", "close");
    }
    String body =
        "%s,\"method\":\"%s\",\"path\":\"%s\"}\n"
            .formatted(identity.body(), quoted(request.method().name()), quoted(request.uri()));
    response
        .setStatusCode(status)
        .end(body)
        .onComplete(
            _ -> {
              inFlight.decrementAndGet();
              if (draining) {
                request.connection().close();
              }
            });
  }

  private static String quoted(String text) {
    return new String(JSON.quoteAsString(text));
  }
}

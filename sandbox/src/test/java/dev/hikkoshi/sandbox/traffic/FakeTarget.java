package dev.hikkoshi.sandbox.traffic;

import dev.hikkoshi.sandbox.net.Vpc;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A target on port 8080 of a private address. It says its name; tests tell it how to behave. */
final class FakeTarget {

  private static final int PORT = 8080;

  /** How many addresses of 10.198.0.0/16 are looked at until one is nobody's. */
  private static final int TRIES = 100;

  /** How it answers. */
  enum Mood {
    WELL,
    /** 500 to health checks only. */
    SICK,
    /** Closes the connection without an answer. */
    DIES,
    /** Never answers requests that are not health checks, until it is told. */
    HOLDS
  }

  final String address;
  final AtomicInteger requests = new AtomicInteger();
  final AtomicReference<@Nullable HttpServerRequest> last = new AtomicReference<>();
  private final HttpServer server;
  private volatile Mood mood = Mood.WELL;

  private FakeTarget(Vertx vertx, String address) {
    this.address = address;
    this.server = vertx.createHttpServer(new HttpServerOptions()).requestHandler(this::answer);
  }

  /** At an address that nobody of the machine listens at: tests run side by side. */
  static FakeTarget open(Vertx vertx) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 1; ; i++) {
      try {
        return open(vertx, "10.198.%d.%d".formatted(random.nextInt(256), random.nextInt(10, 255)));
      } catch (CompletionException taken) {
        if (i == TRIES || !(taken.getCause() instanceof BindException)) {
          throw taken;
        }
      }
    }
  }

  /**
   * At this address.
   *
   * @throws CompletionException with a {@link BindException} where somebody has it
   */
  static FakeTarget open(Vertx vertx, String address) {
    FakeTarget target = new FakeTarget(vertx, address);
    target
        .server
        .listen(PORT, Vpc.loopback(address).getHostAddress())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return target;
  }

  void mood(Mood now) {
    mood = now;
  }

  private void answer(HttpServerRequest request) {
    if ("/healthz".equals(request.path())) {
      request.response().setStatusCode(mood == Mood.SICK ? 500 : 200).end();
      return;
    }
    requests.incrementAndGet();
    last.set(request);
    if (String.valueOf(request.path()).startsWith("/status/")) {
      int status = Integer.parseInt(String.valueOf(request.path()).substring("/status/".length()));
      request.response().setStatusCode(status).putHeader("ETag", "\"1\"").end();
      return;
    }
    if ("/chunked".equals(request.path())) {
      request.response().setChunked(true).write("one ");
      request.response().end("two");
      return;
    }
    switch (mood) {
      case DIES -> request.connection().close();
      case HOLDS -> {
        // answered by release()
      }
      case WELL, SICK ->
          request.body().onSuccess(body -> request.response().end(address + " " + body.length()));
    }
  }

  /** Answers the request that is held. */
  void release() {
    HttpServerRequest held = last.get();
    if (held != null) {
      held.response().end("late " + address);
    }
  }

  void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}

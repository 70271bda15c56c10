package dev.hikkoshi.sandbox.aws;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one HTTP port of the region, on 127.0.0.1: AWS requests to the dispatcher, {@code /_sandbox/}
 * to the control API. Each request is worked on in a virtual thread.
 */
public final class Front implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Front.class.getName());

  /** Where the control API begins. */
  public static final String CONTROL = "/_sandbox";

  /** RFC 9110, 5.6.7. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int LONGEST_LINE = 16_384;
  private static final long SECONDS = 10;

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Answers what is below {@link #CONTROL}. */
  @FunctionalInterface
  public interface Control {
    /** Answers one request; the path is raw and begins with {@link #CONTROL}. */
    AwsResponse answer(RawRequest request);
  }

  private Front(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException where the port is taken; the message says what to do
   */
  public static Front open(Vertx vertx, int port, Dispatcher dispatcher, Control control) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(2 * LONGEST_LINE)
            // HTTP/2 has no Host header, and a signature covers it; no AWS client asks for it here.
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true);
    Front front = new Front(vertx.createHttpServer(options));
    front.server.requestHandler(request -> front.read(request, dispatcher, control));
    try {
      front
          .server
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS, TimeUnit.SECONDS);
      return front;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "could not listen on 127.0.0.1:%d: %s; choose another port with --port"
              .formatted(port, e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening the front port", e);
    }
  }

  /** The port that was opened. */
  public int port() {
    return server.actualPort();
  }

  private void read(HttpServerRequest request, Dispatcher dispatcher, Control control) {
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= AwsRequest.MAX_BODY) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        _ -> {
          if (body.length() > AwsRequest.MAX_BODY) {
            request.response().setStatusCode(413).end();
            return;
          }
          RawRequest raw = raw(request, body.getBytes());
          workers.execute(() -> work(request, raw, dispatcher, control));
        });
  }

  private static RawRequest raw(HttpServerRequest request, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(value));
    String query = request.query();
    String path = request.path();
    return new RawRequest(
        request.method().name(),
        path == null ? "/" : path,
        query == null ? "" : query,
        headers,
        body);
  }

  private static void work(
      HttpServerRequest request, RawRequest raw, Dispatcher dispatcher, Control control) {
    try {
      boolean ours = raw.path().equals(CONTROL) || raw.path().startsWith(CONTROL + "/");
      Dispatcher.Outcome outcome =
          ours ? new Dispatcher.Outcome.Answer("", control.answer(raw)) : dispatcher.dispatch(raw);
      switch (outcome) {
        case Dispatcher.Outcome.Answer(String id, AwsResponse response) ->
            send(request.response(), raw, id, response, dispatcher.now());
        case Dispatcher.Outcome.Cut() -> request.connection().close();
      }
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, () -> "could not answer " + raw.method() + " " + raw.path(), e);
      request.connection().close();
    }
  }

  private static void send(
      HttpServerResponse out, RawRequest raw, String requestId, AwsResponse response, Instant now) {
    if (out.closed()) {
      return;
    }
    out.setStatusCode(response.status()).putHeader("Content-Type", response.contentType());
    out.putHeader("Date", DATE.format(now));
    if (!requestId.isEmpty()) {
      out.putHeader("x-amzn-RequestId", requestId);
    }
    response.headers().forEach(out::putHeader);
    if (raw.method().equals("HEAD")) {
      out.end();
    } else {
      out.end(Buffer.buffer(response.body()));
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    server.close();
  }
}

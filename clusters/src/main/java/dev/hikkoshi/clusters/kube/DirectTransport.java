package dev.hikkoshi.clusters.kube;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Connections of our own to one target cluster, with a token for each request. */
final class DirectTransport implements Transport {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration HEADERS = Duration.ofSeconds(20);
  private static final long MAX_BODY = 64L << 20;

  /** How the JDK's handler says that there was more. */
  private static final String MORE = "body exceeds capacity";

  private final HttpClient http;
  private final String base;
  private final Supplier<String> token;
  private final long mostBytes;

  /**
   * Opens nothing yet.
   *
   * @param endpoint such as {@code https://….eks.amazonaws.com}
   * @param tls trusts the cluster's own authorities and nobody else
   * @param token asked for each request
   */
  DirectTransport(String endpoint, SSLContext tls, Supplier<String> token) {
    this(endpoint, tls, token, MAX_BODY);
  }

  DirectTransport(String endpoint, SSLContext tls, Supplier<String> token, long mostBytes) {
    this.base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    this.token = token;
    this.mostBytes = mostBytes;
    // HTTP/1.1: a connection of HTTP/2 carries a hundred streams, and watches alone may need more.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    HttpRequest.Builder builder =
        builder(request.path(), request.accept())
            .method(
                request.method(),
                request.contentType().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    if (!request.contentType().isEmpty()) {
      builder.header("Content-Type", request.contentType());
    }
    return mapped(
        http.sendAsync(
            builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes)),
        answer -> new Reply(answer.statusCode(), answer.body()));
  }

  @Override
  public CompletableFuture<Integer> follow(
      String path, String accept, Flow.Subscriber<String> lines) {
    HttpRequest request = builder(path, accept).timeout(HEADERS).GET().build();
    return mapped(
        http.sendAsync(request, BodyHandlers.fromLineSubscriber(lines)), HttpResponse::statusCode);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder builder(String path, String accept) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + bearer())
        .header("User-Agent", "hikkoshi")
        .header("Accept", accept);
  }

  private static Throwable told(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage()).startsWith(MORE) ? new TooLarge() : failure;
  }

  /** Whoever gives tokens may be away; what it says of that may hold more than it should. */
  private String bearer() {
    try {
      return token.get();
    } catch (RuntimeException e) {
      throw new KubeException(0, "NoToken", "no token can be had: " + e.getClass().getSimpleName());
    }
  }

  /** A stage whose cancelling also cancels the exchange, which thenApply alone would not do. */
  private static <T, R> CompletableFuture<R> mapped(
      CompletableFuture<T> exchange, Function<T, R> map) {
    CompletableFuture<R> result =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            return exchange.cancel(mayInterrupt) | super.cancel(mayInterrupt);
          }
        };
    var _ =
        exchange.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(map.apply(value));
              } else {
                result.completeExceptionally(told(failure));
              }
            });
    return result;
  }
}

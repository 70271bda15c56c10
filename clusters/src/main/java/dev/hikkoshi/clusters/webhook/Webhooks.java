package dev.hikkoshi.clusters.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.metrics.Credentials;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Reply;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.WebhookGateway;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks endpoints of other people over HTTP. A question is put once; whether and when it is put
 * again is the planner's. Thread-safe; nothing is opened before the first question.
 */
public final class Webhooks implements WebhookGateway, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int AT_ONCE = 8;
  private static final int READ = 4_096;
  private static final int SHOWN = 500;
  private static final String MASK = "***";

  /** What somebody in between says, or somebody who has no time: no word on the question. */
  private static final Set<Integer> NO_WORD = Set.of(408, 425, 429, 502, 503, 504);

  private final WebhookOptions options;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /** Endpoints with the headers that options name. */
  public Webhooks(WebhookOptions options) {
    this.options = options;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A header's value as it is sent, and the secret in it that an answer may repeat. */
  private record Secret(String header, String text) {}

  @Override
  public Observation<Reply> ask(Call call) {
    String what = "webhook " + call.url();
    long deadline = System.nanoTime() + call.timeout().toNanos();
    try {
      Optional<Secret> secret = secret(call);
      if (!places.tryAcquire(call.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return Observation.unknown(what, "other questions take too long");
      }
      try {
        return answer(what, send(request(call, secret), deadline), secret);
      } finally {
        places.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Observation.unknown(what, "interrupted");
    } catch (TimeoutException _) {
      return Observation.unknown(what, "no whole answer within " + call.timeout());
    } catch (ExecutionException e) {
      // Only the kind of failure: texts of TLS and proxies may hold more than they should.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Observation.unknown(what, "no answer: " + cause.getClass().getSimpleName());
    } catch (UncheckedIOException | IllegalArgumentException e) {
      return Observation.unknown(what, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Secret> secret(Call call) {
    return call.credentials().map(name -> secret(name, URI.create(call.url())));
  }

  private Secret secret(String name, URI question) {
    WebhookOptions.Header header = options.headers().get(name);
    if (header == null) {
      throw new IllegalArgumentException(
          "the controller's configuration has no hikkoshi.webhooks." + name);
    }
    if (!header.goesTo(question)) {
      throw new IllegalArgumentException(
          "hikkoshi.webhooks.%s is for %s only".formatted(name, header.url()));
    }
    Credentials files = new Credentials(header.credentials());
    return files
        .text("authorization")
        .map(text -> new Secret(text, text))
        .orElseGet(() -> bearer(files.need("token")));
  }

  private static Secret bearer(String token) {
    return new Secret("Bearer " + token, token);
  }

  private static HttpRequest request(Call call, Optional<Secret> secret) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(call.url()))
            .timeout(call.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "hikkoshi")
            .POST(BodyPublishers.ofString(body(call.occasion()).toString()));
    secret.ifPresent(s -> request.header("Authorization", s.header()));
    return request.build();
  }

  private static ObjectNode body(Occasion occasion) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("environment", occasion.environment())
        .put("move", occasion.move())
        .put("check", occasion.check())
        .put("route", occasion.route())
        .put("step", occasion.step())
        .put("percent", occasion.percent())
        .put("to", occasion.to())
        .put("phase", occasion.phase());
    occasion.from().ifPresentOrElse(from -> body.put("from", from), () -> body.putNull("from"));
    return body;
  }

  /** The client's own timeout ends with the headers; this one with the last byte that is read. */
  private HttpResponse<byte[]> send(HttpRequest request, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, _ -> new FirstBytes(READ));
    try {
      return sent.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } finally {
      sent.cancel(true);
    }
  }

  private static Observation<Reply> answer(
      String what, HttpResponse<byte[]> answer, Optional<Secret> secret) {
    int status = answer.statusCode();
    String said = said(new String(answer.body(), StandardCharsets.UTF_8), secret);
    String evidence = "HTTP " + status + (said.isEmpty() ? "" : ": " + said);
    if (NO_WORD.contains(status)) {
      return Observation.unknown(what, evidence);
    }
    if (status / 100 == 3) {
      return Observation.known(new Reply(false, "HTTP " + status + ": it leads elsewhere"));
    }
    return Observation.known(new Reply(status / 100 == 2, evidence));
  }

  /** One line, not too long, without the secret that was sent. */
  private static String said(String body, Optional<Secret> secret) {
    String masked = secret.map(s -> body.replace(s.text(), MASK)).orElse(body);
    String line = masked.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

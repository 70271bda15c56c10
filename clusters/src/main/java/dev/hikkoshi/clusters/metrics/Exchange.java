package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.environments.observed.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Asks one provider over HTTP: a deadline for the whole question, a bounded answer, few questions
 * at a time, no redirects (credentials would go with them), and repetition where the other side
 * failed or did not answer. Whoever was told to slow down asks nothing until then. Thread-safe.
 */
final class Exchange implements AutoCloseable {

  /**
   * How far it goes.
   *
   * @param whole for one question with all its repetitions
   * @param attempts at most
   * @param bytes of an answer
   * @param atOnce questions that are under way at the same time
   */
  record Limits(Duration whole, int attempts, int bytes, int atOnce) {

    static final Limits STANDARD = new Limits(Duration.ofSeconds(15), 3, 4 << 20, 4);
  }

  /** An answer, whatever its status. */
  record Answer(int status, byte[] body) {}

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_GATE = Duration.ofHours(1);
  private static final int TOO_MANY = 429;

  private final HttpClient client;
  private final InstantSource clock;
  private final Limits limits;
  private final Semaphore places;
  private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.EPOCH);

  /** Nothing is opened yet. */
  Exchange(Optional<SSLContext> trust, Limits limits, InstantSource clock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
    this.limits = limits;
    this.clock = clock;
    this.places = new Semaphore(limits.atOnce());
  }

  /**
   * The answer, or why there is none.
   *
   * @param request made anew for each attempt, with the credentials of that moment
   */
  Observation<Answer> ask(String what, Supplier<HttpRequest> request) {
    Instant gate = notBefore.get();
    if (clock.instant().isBefore(gate)) {
      return Observation.unknown(what, "it limits our questions until " + gate);
    }
    long deadline = System.nanoTime() + limits.whole().toNanos();
    try {
      if (!places.tryAcquire(limits.whole().toNanos(), TimeUnit.NANOSECONDS)) {
        return Observation.unknown(what, "other questions to it take too long");
      }
      try {
        return attempts(what, request, deadline);
      } finally {
        places.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Observation.unknown(what, "interrupted");
    } catch (UncheckedIOException e) {
      return Observation.unknown(what, "credentials: " + e.getMessage());
    }
  }

  private Observation<Answer> attempts(String what, Supplier<HttpRequest> request, long deadline)
      throws InterruptedException {
    String why = "";
    for (int attempt = 1; attempt <= limits.attempts(); attempt++) {
      if (attempt > 1 && !paused(attempt, deadline)) {
        break;
      }
      try {
        HttpResponse<byte[]> answer = send(request.get(), deadline);
        Optional<Duration> wait = Throttling.of(answer);
        if (answer.statusCode() == TOO_MANY || wait.isPresent()) {
          wait.ifPresent(this::gate);
        }
        if (answer.statusCode() < 500) {
          return Observation.known(new Answer(answer.statusCode(), answer.body()));
        }
        why = "HTTP " + answer.statusCode();
      } catch (IOException e) {
        why = "no answer: " + Said.cut(e.getMessage() == null ? e.toString() : e.getMessage());
      } catch (TimeoutException _) {
        return Observation.unknown(what, "no whole answer within " + limits.whole());
      }
    }
    return Observation.unknown(what, why);
  }

  private void gate(Duration wait) {
    Duration bounded = wait.compareTo(LONGEST_GATE) > 0 ? LONGEST_GATE : wait;
    notBefore.set(clock.instant().plus(bounded));
  }

  /** Longer each time, and never at the same moment as everybody else. */
  private boolean paused(int attempt, long deadline) throws InterruptedException {
    long most = FIRST_PAUSE.toMillis() << (attempt - 2);
    long millis = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) >= deadline) {
      return false;
    }
    Thread.sleep(millis);
    return true;
  }

  /** The client's own timeout ends with the headers; this one with the last byte. */
  private HttpResponse<byte[]> send(HttpRequest request, long deadline)
      throws IOException, InterruptedException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytes()));
    try {
      return sent.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

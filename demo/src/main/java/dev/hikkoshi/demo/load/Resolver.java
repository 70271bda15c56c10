package dev.hikkoshi.demo.load;

import dev.hikkoshi.demo.load.DnsAsker.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One resolver and the users behind it: they all use the answer that it has until its TTL is over,
 * and close the connections that they keep when its address goes. Like a busy resolver it asks
 * again as soon as an answer is used up, without waiting for the next user.
 */
final class Resolver implements AutoCloseable {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Supplier<CompletableFuture<Answer>> ask;
  private final KeptConnections kept = new KeptConnections();
  private Instant next = Instant.EPOCH;
  private @Nullable Answer answer;
  private @Nullable CompletableFuture<Answer> asking;

  Resolver(InstantSource clock, Supplier<CompletableFuture<Answer>> ask) {
    this.clock = clock;
    this.ask = ask;
  }

  /**
   * The address that users of this resolver go to now.
   *
   * @throws IOException when there is no usable answer in time
   */
  InetAddress address(Duration limit) throws IOException {
    Instant now = clock.instant();
    Answer usable = usable(now);
    if (usable != null) {
      return usable.addresses().getFirst();
    }
    try {
      return refresh().get(limit.toMillis(), TimeUnit.MILLISECONDS).addresses().getFirst();
    } catch (ExecutionException e) {
      throw new IOException("no address: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("no address in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Asks, unless it is being asked. */
  synchronized CompletableFuture<Answer> refresh() {
    if (asking != null) {
      return asking;
    }
    CompletableFuture<Answer> begun = ask.get();
    asking = begun;
    // A dependent stage, so that whoever waits for it finds the answer taken.
    return begun.whenComplete((given, _) -> take(given));
  }

  /** Whether it is time to ask. */
  synchronized boolean due(Instant now) {
    return asking == null && !now.isBefore(next);
  }

  KeptConnections kept() {
    return kept;
  }

  private synchronized @Nullable Answer usable(Instant now) {
    return answer != null && now.isBefore(answer.askedAt().plus(answer.ttl())) ? answer : null;
  }

  private synchronized void take(@Nullable Answer given) {
    asking = null;
    if (given == null) {
      next = clock.instant().plus(AFTER_FAILURE);
      return;
    }
    Answer taken = answer == null ? older(given) : given;
    answer = taken;
    next = taken.askedAt().plus(taken.ttl());
    kept.keepOnly(given.addresses().getFirst());
  }

  /**
   * The first answer was not got just now: this resolver is in use for long, and resolvers do not
   * ask all at the same time.
   */
  private static Answer older(Answer given) {
    long left = (long) (ThreadLocalRandom.current().nextDouble() * given.ttl().toMillis());
    return new Answer(given.addresses(), Duration.ofMillis(left), given.askedAt());
  }

  @Override
  public void close() {
    kept.close();
  }
}

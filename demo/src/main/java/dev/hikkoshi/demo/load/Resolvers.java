package dev.hikkoshi.demo.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Many resolvers for one name. Each asks the authoritative server for itself, so that their answers
 * are independent draws by which a share of DNS can be judged; requests are not, since all users of
 * a resolver follow it.
 */
public final class Resolvers implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(20);

  private final InstantSource clock;
  private final DnsAsker asker;
  private final List<Resolver> all;
  private final Timeline answers = new Timeline();
  private final AtomicLong ttlSeconds = new AtomicLong();
  private volatile boolean closed;

  /**
   * Starts them; their first questions are spread over a second.
   *
   * @param server the authoritative name server
   * @throws IOException when there is no socket for it
   */
  public static Resolvers start(
      String name, int count, InetSocketAddress server, InstantSource clock) throws IOException {
    Resolvers resolvers = new Resolvers(absolute(name), count, server, clock);
    Thread.ofPlatform().daemon().name("resolvers").start(resolvers::keepFresh);
    return resolvers;
  }

  private Resolvers(Name name, int count, InetSocketAddress server, InstantSource clock)
      throws IOException {
    this.clock = clock;
    asker = new DnsAsker(server, clock);
    List<Resolver> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(new Resolver(clock, () -> asker.ask(name).whenComplete((a, _) -> count(a))));
    }
    all = List.copyOf(made);
  }

  /** Answers by address, to the questions that were asked in a window. */
  public SortedMap<String, Long> answers(Instant from, Instant to) {
    return answers.between(from, to);
  }

  /** The longest TTL that was answered. */
  public Duration ttl() {
    return Duration.ofSeconds(ttlSeconds.get());
  }

  /** How many there are. */
  public int count() {
    return all.size();
  }

  /** Any of them: users are spread evenly. */
  Resolver any() {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  private void count(DnsAsker.@Nullable Answer answer) {
    if (answer != null) {
      InetAddress address = answer.addresses().getFirst();
      answers.add(answer.askedAt(), address.getHostAddress());
      ttlSeconds.accumulateAndGet(answer.ttl().toSeconds(), Math::max);
    }
  }

  private void keepFresh() {
    long tick = 0;
    int ticksOfFirstSecond = (int) Duration.ofSeconds(1).dividedBy(TICK);
    while (!closed) {
      Instant now = clock.instant();
      tick++;
      for (int i = 0; i < all.size(); i++) {
        boolean begun = tick > i % ticksOfFirstSecond;
        if (begun && all.get(i).due(now)) {
          var _ = all.get(i).refresh();
        }
      }
      LockSupport.parkNanos(TICK.toNanos());
    }
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("not a DNS name: " + name, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    asker.close();
    all.forEach(Resolver::close);
  }
}

package dev.hikkoshi.demo.load;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections that wait for the next request. One that waited longer than clients usually dare
 * is closed instead, so that it is never the server's idle time-out that ends it. Safe for several
 * threads.
 */
final class KeptConnections implements AutoCloseable {

  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);
  private static final int MOST = 64;

  private final Deque<Idle> idle = new ArrayDeque<>();
  private @Nullable InetAddress only;
  private boolean closed;

  private record Idle(Connection connection, InetAddress address, Instant since) {}

  /** Takes the connection to an address that waited longest. */
  synchronized Optional<Connection> take(InetAddress address, Instant now) {
    remove(i -> i.since().plus(LONGEST_IDLE).isBefore(now));
    Optional<Idle> found = idle.stream().filter(i -> i.address().equals(address)).findFirst();
    found.ifPresent(idle::remove);
    return found.map(Idle::connection);
  }

  /** Puts a connection aside; closes it when nobody will want it any more. */
  synchronized void put(Connection connection, InetAddress address, Instant now) {
    boolean gone = only != null && !only.equals(address);
    if (closed || gone || idle.size() >= MOST) {
      connection.close();
      return;
    }
    idle.addLast(new Idle(connection, address, now));
  }

  /** Closes all but the connections to an address, now and when they come back. */
  synchronized void keepOnly(InetAddress address) {
    only = address;
    remove(i -> !i.address().equals(address));
  }

  private void remove(Predicate<Idle> unwanted) {
    idle.removeIf(
        i -> {
          if (unwanted.test(i)) {
            i.connection().close();
            return true;
          }
          return false;
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    remove(_ -> true);
  }
}

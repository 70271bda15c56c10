package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.net.Vpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The addresses of one cluster's pods, out of its /16. Each is held by a bound socket that does not
 * listen, so that two sandboxes of one machine never give the same loopback address to two pods.
 */
final class Addresses implements AutoCloseable {

  /** Nobody's container port; connections to it are refused, as nothing listens. */
  private static final int CLAIM = 65_530;

  private static final int LAST = 254;
  private static final int COUNT = 255 * LAST;

  private final String prefix;
  private final Map<String, SocketChannel> held = new HashMap<>();
  private int next = ThreadLocalRandom.current().nextInt(COUNT);

  /**
   * Addresses of a network.
   *
   * @param cidr for example {@code 10.16.0.0/16}
   */
  Addresses(String cidr) {
    this.prefix = cidr.substring(0, cidr.indexOf(".0.0/16"));
  }

  /**
   * An address that nobody has, in turn, so that one that became free is not given again soon.
   *
   * @throws IllegalStateException where all are taken
   */
  synchronized String take() {
    for (int i = 0; i < COUNT; i++) {
      int number = next;
      next = (next + 1) % COUNT;
      String address = prefix + "." + number / LAST + "." + (1 + number % LAST);
      if (!held.containsKey(address) && hold(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no address of " + prefix + ".0.0/16 is free");
  }

  /** Takes an address that a pod has already; false where another process holds it. */
  synchronized boolean takeBack(String address) {
    return held.containsKey(address) || hold(address);
  }

  private boolean hold(String address) {
    SocketChannel claim = null;
    try {
      claim = SocketChannel.open();
      claim.bind(new InetSocketAddress(Vpc.loopback(address), CLAIM));
      held.put(address, claim);
      return true;
    } catch (IOException e) {
      close(claim);
      return false;
    }
  }

  synchronized void free(String address) {
    close(held.remove(address));
  }

  @Override
  public synchronized void close() {
    held.values().forEach(Addresses::close);
    held.clear();
  }

  private static void close(@org.jspecify.annotations.Nullable SocketChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }
}

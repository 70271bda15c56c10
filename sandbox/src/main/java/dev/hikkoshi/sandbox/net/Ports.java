package dev.hikkoshi.sandbox.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/**
 * Free ports for processes that must come back on the same port. They are taken from below the
 * range that the system hands out by itself, so that nobody has one by chance at the next start.
 */
public final class Ports {

  private static final int FROM = 20_000;
  private static final int COUNT = 12_000;
  private static final int TRIES = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ports() {}

  /**
   * A port of 127.0.0.1 that nobody listens on.
   *
   * @throws IllegalStateException where none is found
   */
  public static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = FROM + RANDOM.nextInt(COUNT);
      if (isFree(port, false)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "found no free port between %d and %d".formatted(FROM, FROM + COUNT));
  }

  /**
   * Makes sure that nobody listens on a port of 127.0.0.1, before much work is done for it.
   *
   * @throws IllegalStateException where somebody does; the message names the option
   */
  public static void requireFree(int port) {
    // With reuse: connections of an earlier run that are still dying down are no obstacle.
    if (!isFree(port, true)) {
      throw new IllegalStateException(
          "port %d of 127.0.0.1 is taken; choose another with --port".formatted(port));
    }
  }

  private static boolean isFree(int port, boolean reuse) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(reuse);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

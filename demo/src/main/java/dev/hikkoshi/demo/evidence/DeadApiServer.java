package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The API server of one cluster, killed again and again until this is closed. */
final class DeadApiServer implements AutoCloseable {

  private static final long BETWEEN_KILLS = 20_000_000; // nanoseconds

  private final String port;
  private final Thread thread;
  private volatile boolean closed;
  private volatile int kills;

  private DeadApiServer(int port) {
    this.port = "--secure-port=" + port;
    this.thread = Thread.ofPlatform().daemon().name("killer").unstarted(this::killAgain);
  }

  /**
   * Kills it; returns when it is dead for the first time.
   *
   * @throws DemoException when there is no such process among those of this one
   */
  static DeadApiServer of(URI address) {
    DeadApiServer dead = new DeadApiServer(address.getPort());
    if (!dead.kill()) {
      throw new DemoException("no API server with " + dead.port + " is a child of this process");
    }
    dead.thread.start();
    return dead;
  }

  private boolean kill() {
    List<ProcessHandle> found =
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().command().filter(c -> c.endsWith("kube-apiserver")).isPresent())
            .filter(p -> List.of(p.info().arguments().orElse(new String[0])).contains(port))
            .toList();
    found.forEach(ProcessHandle::destroyForcibly);
    kills += found.size();
    return !found.isEmpty();
  }

  private void killAgain() {
    while (!closed) {
      kill();
      LockSupport.parkNanos(BETWEEN_KILLS);
    }
  }

  /** How often it had to be killed, because the sandbox starts it again. */
  int kills() {
    return kills;
  }

  /** From now on it may live. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

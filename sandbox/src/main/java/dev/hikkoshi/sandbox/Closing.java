package dev.hikkoshi.sandbox;

import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed, in the opposite order; one that fails does not keep the others open. */
final class Closing implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<Entry> open = new ArrayDeque<>();

  private record Entry(String name, AutoCloseable what) {}

  synchronized <T extends AutoCloseable> T add(String name, T what) {
    open.push(new Entry(name, what));
    return what;
  }

  @Override
  public void close() {
    for (Entry next = next(); next != null; next = next()) {
      try {
        next.what().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.log(Logger.Level.WARNING, "could not close " + next.name(), e);
      }
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Entry next() {
    return open.poll();
  }
}

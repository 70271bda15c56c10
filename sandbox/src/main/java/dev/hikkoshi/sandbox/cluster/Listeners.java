package dev.hikkoshi.sandbox.cluster;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Those who play a part in every cluster. Thread-safe. */
final class Listeners {

  private static final Logger LOG = System.getLogger(Listeners.class.getName());
  private static final int TRIES = 30;

  private final List<ClusterListener> all = new CopyOnWriteArrayList<>();
  private final Duration pause;

  /**
   * Nobody listens yet.
   *
   * @param pause before a listener that failed is told again
   */
  Listeners(Duration pause) {
    this.pause = pause;
  }

  void add(ClusterListener listener) {
    all.add(listener);
  }

  /**
   * Tells all of a cluster that works. A young API server on a busy machine may still refuse or be
   * slow: who failed is told again.
   *
   * @throws IllegalStateException where one of them cannot play its part: such a cluster is none
   */
  void ready(ClusterAccess cluster) {
    all.forEach(listener -> ready(listener, cluster));
  }

  /** The same for one of them. */
  void ready(ClusterListener listener, ClusterAccess cluster) {
    for (int tries = 1; ; tries++) {
      try {
        listener.clusterReady(cluster);
        return;
      } catch (RuntimeException e) {
        String what = "%s in cluster %s, try %d".formatted(listener, cluster.name(), tries);
        if (tries == TRIES || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("could not begin: " + what, e);
        }
        LOG.log(Logger.Level.WARNING, () -> "%s could not begin: %s".formatted(what, e));
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Tells all of a cluster that will end; what fails there ends with it. */
  void deleting(ClusterAccess cluster) {
    for (ClusterListener listener : all) {
      try {
        listener.clusterDeleting(cluster);
      } catch (RuntimeException e) {
        LOG.log(Logger.Level.ERROR, () -> listener + " failed on the end of " + cluster.name(), e);
      }
    }
  }
}

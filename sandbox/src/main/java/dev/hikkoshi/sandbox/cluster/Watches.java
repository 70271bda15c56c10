package dev.hikkoshi.sandbox.cluster;

import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The watches of one part in one cluster: begun together, ended together. Thread-safe. */
public final class Watches implements AutoCloseable {

  private static final int SECONDS = 60;

  private final List<SharedIndexInformer<?>> all = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Watches; returns when what is there is in the store.
   *
   * @param handler hears of what is there and of each change, on a thread of the client
   * @throws IllegalStateException where the API server does not answer
   */
  public <T> SharedIndexInformer<T> begin(
      Informable<T> what, ResourceEventHandler<? super T> handler) {
    SharedIndexInformer<T> informer = what.runnableInformer(0);
    informer.addEventHandler(handler);
    // An API server that ends is started again, and the watch with it, for as long as it takes.
    informer.exceptionHandler((started, error) -> !closed);
    synchronized (all) {
      all.add(informer);
    }
    try {
      informer.start().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("could not watch " + informer.getApiTypeClass(), e);
    }
    return informer;
  }

  @Override
  public void close() {
    closed = true;
    synchronized (all) {
      all.forEach(SharedIndexInformer::stop);
    }
  }
}

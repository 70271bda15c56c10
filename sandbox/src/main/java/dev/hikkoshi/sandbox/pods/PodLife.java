package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.pods.ContainerView.Ended;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The life of one pod on its node, from top to bottom, on a virtual thread of its own. */
final class PodLife {

  private static final Logger LOG = System.getLogger(PodLife.class.getName());
  private static final Duration MOUNT = Duration.ofSeconds(10);

  private final KubeletGround ground;
  private final String hostIp;
  private final Stopping stopping = new Stopping();
  private final Stopping sidecars = new Stopping();
  private final CountDownLatch answering;
  private volatile Pod pod;
  private volatile @Nullable PodState state;

  /** A pod that was scheduled, or that ran when the sandbox ended; {@link #begin} starts it. */
  PodLife(KubeletGround ground, Pod pod, String hostIp) {
    this.ground = ground;
    this.pod = pod;
    this.hostIp = hostIp;
    this.answering = new CountDownLatch(pod.getSpec().getContainers().size());
  }

  void begin() {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      end();
    }
    Thread.ofVirtual().name("pod " + pod.getMetadata().getName()).start(this::run);
  }

  String node() {
    return pod.getSpec().getNodeName();
  }

  /** Hears of a change of the pod. */
  void seen(Pod now) {
    pod = now;
    PodState live = state;
    if (live != null) {
      live.seen(now);
    }
    if (now.getMetadata().getDeletionTimestamp() != null) {
      end();
    }
  }

  private void end() {
    stopping.end();
    sidecars.end();
  }

  /** Ends it at once, without a word to the API server. */
  void go() {
    stopping.go();
    sidecars.go();
  }

  /** Waits until all its containers answer or wait for something; false after that time. */
  boolean awaitAnswering(Duration limit) {
    try {
      return answering.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    String podIp = address();
    try {
      PodState fresh = new PodState(ground, stopping, pod, podIp, hostIp);
      state = fresh;
      fresh.seen(pod);
      if (mounted(fresh) && initialized(fresh)) {
        containers(fresh);
      }
      finish(fresh);
    } catch (RuntimeException e) {
      if (!stopping.gone()) {
        LOG.log(Logger.Level.ERROR, () -> "the life of pod " + name() + " broke off", e);
      }
    } finally {
      while (answering.getCount() > 0) {
        answering.countDown();
      }
      if (!podIp.equals(hostIp)) {
        ground.addresses().free(podIp);
      }
    }
  }

  private String name() {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private String address() {
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return hostIp;
    }
    String before = pod.getStatus().getPodIP();
    if (before == null) {
      return ground.addresses().take();
    }
    if (!ground.addresses().takeBack(before)) {
      ground
          .events()
          .note(
              "pod-address-taken",
              Map.of("cluster", ground.cluster().name(), "pod", name(), "address", before));
    }
    return before;
  }

  private boolean mounted(PodState fresh) {
    for (int i = 0; ; i++) {
      try {
        ground.configuration().mounts(pod);
        return true;
      } catch (Configuration.Missing e) {
        if (i == 0) {
          fresh.write();
          String message = String.valueOf(e.getMessage());
          ground.api().warn(pod, "FailedMount", message, ground.clock().instant());
        }
      }
      if (!stopping.pause(ground.paced(MOUNT))) {
        return false;
      }
    }
  }

  /** Runs init containers one after the other; sidecars go on beside what follows. */
  private boolean initialized(PodState fresh) {
    for (Container container : pod.getSpec().getInitContainers()) {
      if (PodStatuses.sidecar(container)) {
        CountDownLatch there = new CountDownLatch(1);
        var life =
            new ContainerLife(
                ground, fresh, sidecars, container, ContainerLife.Kind.SIDECAR, there::countDown);
        Thread.ofVirtual().start(life::run);
        await(there);
        continue;
      }
      new ContainerLife(ground, fresh, stopping, container, ContainerLife.Kind.INIT, () -> {})
          .run();
      boolean good =
          fresh.view(container.getName()).phase() instanceof Ended ended && ended.code() == 0;
      if (!good) {
        return false;
      }
    }
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void containers(PodState fresh) {
    List<Thread> threads = new ArrayList<>();
    for (Container container : pod.getSpec().getContainers()) {
      var life =
          new ContainerLife(
              ground,
              fresh,
              stopping,
              container,
              ContainerLife.Kind.MAIN,
              new Once(answering::countDown));
      threads.add(Thread.ofVirtual().start(life::run));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Something that happens the first time only. */
  private static final class Once implements Runnable {
    private final Runnable what;
    private boolean done;

    private Once(Runnable what) {
      this.what = what;
    }

    @Override
    public synchronized void run() {
      if (!done) {
        done = true;
        what.run();
      }
    }
  }

  private void finish(PodState fresh) {
    sidecars.end();
    if (stopping.gone()) {
      return;
    }
    boolean deleted = stopping.ending();
    // Whoever holds a finalizer, a Job for one, reads from the last status how the pod ended.
    if (!deleted || !pod.getMetadata().getFinalizers().isEmpty()) {
      fresh.finish();
    }
    if (deleted) {
      ground.api().delete(pod, stopping);
    }
  }
}

package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.pods.ContainerView.Ended;
import dev.hikkoshi.sandbox.pods.ContainerView.Running;
import dev.hikkoshi.sandbox.pods.ContainerView.Waiting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The life of one container, from top to bottom: pulled, configured, run, probed, ended, started
 * again. Runs on a virtual thread of its own and returns when the container will not run again.
 */
final class ContainerLife {

  private static final Duration PULL = Duration.ofSeconds(10);
  private static final Duration CRASH = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  /** "After 10 minutes without problems the back-off is reset" (Pod Lifecycle). */
  private static final Duration STABLE = Duration.ofMinutes(10);

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration CLOSING = Duration.ofMillis(20);
  private static final int TERMINATED = 143;

  /** What a container is in its pod. */
  enum Kind {
    /** Runs once before the others. */
    INIT,
    /** An init container that goes on beside the others. */
    SIDECAR,
    /** What the pod is for. */
    MAIN
  }

  private final KubeletGround ground;
  private final PodState state;
  private final Stopping stopping;
  private final Container container;
  private final Kind kind;
  private final Runnable started;

  /**
   * A container that will live.
   *
   * @param started called when it answers, or waits for something, for the first time
   */
  ContainerLife(
      KubeletGround ground,
      PodState state,
      Stopping stopping,
      Container container,
      Kind kind,
      Runnable started) {
    this.ground = ground;
    this.state = state;
    this.stopping = stopping;
    this.container = container;
    this.kind = kind;
    this.started = started;
  }

  private String name() {
    return container.getName();
  }

  /** Lives; returns when the container has ended for good or the pod has. */
  void run() {
    try {
      if (view().phase() instanceof Ended ended && !again(ended.code())) {
        return;
      }
      for (int crashes = 0; !stopping.ending() || view().phase() instanceof Running; crashes++) {
        Optional<RunningContainer> running = begin();
        if (running.isEmpty()) {
          return;
        }
        int code = live(running.get());
        Duration ran = Duration.between(running.get().since(), ground.clock().instant());
        crashes = ran.compareTo(STABLE) > 0 ? 0 : crashes;
        if (stopping.ending() || !again(code) || !backOff(crashes)) {
          return;
        }
      }
    } finally {
      started.run();
    }
  }

  private ContainerView view() {
    return state.view(name());
  }

  private boolean again(int code) {
    String policy = Objects.requireNonNullElse(pod().getSpec().getRestartPolicy(), "Always");
    return switch (kind) {
      case SIDECAR -> true;
      case INIT -> code != 0 && !policy.equals("Never");
      case MAIN -> policy.equals("Always") || code != 0 && policy.equals("OnFailure");
    };
  }

  private Pod pod() {
    return state.pod();
  }

  private void await(String reason, String message) {
    state.show(name(), view().with(new Waiting(reason, message)));
    started.run();
  }

  /** Starts it, or takes up one that ran before the sandbox was started again. */
  private Optional<RunningContainer> begin() {
    boolean runs = view().phase() instanceof Running;
    if (!runs && !pulled()) {
      return Optional.empty();
    }
    for (int i = 0; ; i++) {
      try {
        return Optional.of(start(runs));
      } catch (IllegalArgumentException | Configuration.Missing e) {
        String message = String.valueOf(e.getMessage());
        await("CreateContainerConfigError", message);
        if (i == 0) {
          warn("Failed", "Error: " + message);
        }
      }
      if (!stopping.pause(ground.paced(PULL))) {
        return Optional.empty();
      }
    }
  }

  private boolean pulled() {
    String image = container.getImage();
    for (int tries = 0; ; tries++) {
      switch (ground.images().pull(image)) {
        case Images.Pull.Done _ -> {
          return true;
        }
        case Images.Pull.BadName bad -> await("InvalidImageName", bad.message());
        case Images.Pull.NotFound no -> notFound(image, no.message(), tries);
      }
      Duration pause = tries == 0 ? Duration.ofSeconds(1) : grown(PULL, tries - 1);
      if (!stopping.pause(ground.paced(pause))) {
        return false;
      }
    }
  }

  private void notFound(String image, String message, int tries) {
    if (tries == 0) {
      await("ErrImagePull", message);
      warn("Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
      return;
    }
    String backOff = "Back-off pulling image \"%s\": %s".formatted(image, message);
    await("ImagePullBackOff", backOff);
    if (tries == 1) {
      warn("BackOff", backOff);
    }
  }

  private void warn(String reason, String message) {
    ground.api().warn(pod(), reason, message, ground.clock().instant());
  }

  private static Duration grown(Duration first, int times) {
    Duration pause = first.multipliedBy(1L << Math.min(times, 10));
    return pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
  }

  private RunningContainer start(boolean runs) throws Configuration.Missing {
    Script script =
        Script.of(Objects.requireNonNullElse(pod().getMetadata().getAnnotations(), Map.of()));
    Map<String, String> environment =
        ground.configuration().environment(pod(), container, state.podIp(), state.hostIp());
    Instant since =
        view().phase() instanceof Running before ? before.since() : ground.clock().instant();
    List<Integer> ports = RunningContainer.ports(pod(), container);
    boolean always = "Always".equals(pod().getSpec().getRestartPolicy());
    boolean forEver = kind == Kind.SIDECAR || kind == Kind.MAIN && (always || !ports.isEmpty());
    Optional<Program.End> end = Program.end(container, script, forEver, !ports.isEmpty());
    if (!runs && view().ran()) {
      state.note(name(), view().again());
    }
    boolean atOnce = end.isPresent() && end.get().after().isZero();
    RunningContainer running =
        RunningContainer.open(
            ground, state, container, script, environment, since, end, atOnce ? List.of() : ports);
    running
        .notOpen()
        .forEach(
            (port, why) ->
                warn("PortNotOpen", "port %d cannot be opened here: %s".formatted(port, why)));
    if (!runs && !atOnce) {
      boolean ready = firstProbe(running);
      state.show(name(), view().with(new Running(since, ready)));
    }
    started.run();
    return running;
  }

  private boolean firstProbe(RunningContainer running) {
    Probe probe = container.getReadinessProbe();
    if (probe == null) {
      return true;
    }
    boolean later = Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0) > 0;
    return !later
        && Objects.requireNonNullElse(probe.getSuccessThreshold(), 1) == 1
        && running.answers();
  }

  /** Probes until it ends by itself or the pod does; its code. */
  private int live(RunningContainer running) {
    Readiness readiness = new Readiness(ground, container, running.since());
    while (true) {
      Instant now = ground.clock().instant();
      Duration left = running.left(now);
      if (!left.isPositive()) {
        return ended(running, running.end().orElseThrow().code());
      }
      Duration probe = readiness.next(now);
      Duration wait = left.compareTo(probe) < 0 ? left : probe;
      if (!stopping.pause(wait.compareTo(LONG) < 0 ? wait : LONG)) {
        return terminate(running);
      }
      if (!readiness.next(ground.clock().instant()).isPositive()) {
        boolean before = view().ready();
        boolean ready = readiness.asked(before, running.answers(), ground.clock().instant());
        if (ready != before) {
          state.show(name(), view().with(new Running(running.since(), ready)));
        }
      }
    }
  }

  private int ended(RunningContainer running, int code) {
    running.close();
    state.show(name(), view().with(new Ended(code, running.since(), ground.clock().instant())));
    return code;
  }

  /** The hook, then the signal, then what is in flight; all within the grace period. */
  private int terminate(RunningContainer running) {
    Long grace = pod().getMetadata().getDeletionGracePeriodSeconds();
    Duration left = Duration.ofSeconds(grace == null ? 30 : grace);
    Duration hook = Program.preStop(container);
    running.callHook();
    Duration first = hook.compareTo(left) < 0 ? hook : left;
    boolean there = first.isZero() || stopping.linger(first);
    left = left.minus(first);
    running.drain();
    while (there && running.busy() && left.isPositive()) {
      there = stopping.linger(CLOSING);
      left = left.minus(CLOSING);
    }
    running.close();
    int code = running.serves() ? 0 : TERMINATED;
    state.note(name(), view().with(new Ended(code, running.since(), ground.clock().instant())));
    return code;
  }

  private boolean backOff(int crashes) {
    Duration pause = grown(CRASH, crashes);
    String message =
        "back-off %ds restarting failed container=%s pod=%s_%s(%s)"
            .formatted(
                pause.toSeconds(),
                name(),
                pod().getMetadata().getName(),
                pod().getMetadata().getNamespace(),
                pod().getMetadata().getUid());
    await("CrashLoopBackOff", message);
    if (crashes == 0) {
      warn("BackOff", "Back-off restarting failed container");
    }
    return stopping.pause(ground.paced(pause));
  }
}

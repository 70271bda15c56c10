package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one container stands.
 *
 * @param restarts how often it was started again
 * @param last how it ended the time before
 */
record ContainerView(Phase phase, int restarts, @Nullable Ended last) {

  static final ContainerView CREATING =
      new ContainerView(new Waiting("ContainerCreating", ""), 0, null);
  static final ContainerView INITIALIZING =
      new ContainerView(new Waiting("PodInitializing", ""), 0, null);

  /** What it does now. */
  sealed interface Phase {}

  /** It has not started; reason and message as a kubelet gives them. */
  record Waiting(String reason, String message) implements Phase {}

  /** It runs. */
  record Running(Instant since, boolean ready) implements Phase {}

  /** It has ended. */
  record Ended(int code, Instant from, Instant to) implements Phase {}

  ContainerView with(Phase next) {
    return new ContainerView(next, restarts, phase instanceof Ended ended ? ended : last);
  }

  ContainerView again() {
    return new ContainerView(phase, restarts + 1, last);
  }

  boolean ready() {
    return phase instanceof Running running && running.ready();
  }

  boolean ran() {
    return last != null || phase instanceof Ended;
  }

  /** How it stood when its pod was last written. */
  static ContainerView of(ContainerStatus status) {
    ContainerState before = status.getLastState();
    Ended last =
        before == null || before.getTerminated() == null ? null : ended(before.getTerminated());
    int restarts = Objects.requireNonNullElse(status.getRestartCount(), 0);
    ContainerState state = status.getState();
    if (state != null && state.getTerminated() != null) {
      return new ContainerView(ended(state.getTerminated()), restarts, last);
    }
    if (state != null && state.getRunning() != null) {
      boolean ready = Boolean.TRUE.equals(status.getReady());
      Instant since = Instant.parse(state.getRunning().getStartedAt());
      return new ContainerView(new Running(since, ready), restarts, last);
    }
    return new ContainerView(new Waiting("ContainerCreating", ""), restarts, last);
  }

  private static Ended ended(ContainerStateTerminated state) {
    return new Ended(
        Objects.requireNonNullElse(state.getExitCode(), 0),
        time(state.getStartedAt()),
        time(state.getFinishedAt()));
  }

  private static Instant time(@Nullable String text) {
    return text == null ? Instant.EPOCH : Instant.parse(text);
  }

  /** As a kubelet writes it; an init container that has succeeded counts as ready. */
  ContainerStatus status(Container container, String podUid, boolean init) {
    boolean done = init && phase instanceof Ended ended && ended.code() == 0;
    boolean running = phase instanceof Running;
    boolean started = running || phase instanceof Ended || last != null;
    var builder =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withImageID(started ? Images.id(container.getImage()) : "")
            .withReady(ready() || done)
            .withStarted(running)
            .withRestartCount(restarts)
            .withState(state(phase, container, podUid, restarts));
    if (started) {
      builder.withContainerID(containerId(container, podUid, restarts));
    }
    if (last != null) {
      int run = phase instanceof Waiting ? restarts : restarts - 1;
      builder.withLastState(state(last, container, podUid, run));
    }
    return builder.build();
  }

  private static String containerId(Container container, String podUid, int run) {
    String text = podUid + "/" + container.getName() + "/" + run;
    return "containerd://" + Images.digest(text);
  }

  private static ContainerState state(Phase phase, Container container, String podUid, int run) {
    var state = new ContainerStateBuilder();
    switch (phase) {
      case Waiting waiting ->
          state
              .withNewWaiting()
              .withReason(waiting.reason())
              .withMessage(waiting.message().isEmpty() ? null : waiting.message())
              .endWaiting();
      case Running running ->
          state.withNewRunning().withStartedAt(PodStatuses.text(running.since())).endRunning();
      case Ended ended ->
          state
              .withNewTerminated()
              .withExitCode(ended.code())
              .withReason(ended.code() == 0 ? "Completed" : "Error")
              .withStartedAt(PodStatuses.text(ended.from()))
              .withFinishedAt(PodStatuses.text(ended.to()))
              .withContainerID(containerId(container, podUid, run))
              .endTerminated();
    }
    return state.build();
  }
}

package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.pods.ContainerView.Ended;
import dev.hikkoshi.sandbox.pods.ContainerView.Running;
import dev.hikkoshi.sandbox.pods.ContainerView.Waiting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet would write of a pod: phase, conditions and container statuses follow from how its
 * containers stand ("Pod Lifecycle" of the Kubernetes documentation; kubelet's getPhase). Pure.
 */
final class PodStatuses {

  private PodStatuses() {}

  /**
   * How a pod stands.
   *
   * @param init its init containers by name
   * @param main its containers by name
   * @param over whether it will not run again whatever its containers did
   */
  record Seen(
      String podIp,
      String hostIp,
      Instant startedAt,
      Map<String, ContainerView> init,
      Map<String, ContainerView> main,
      boolean over) {}

  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * The status to write.
   *
   * @param pod as it was last seen, with conditions of others
   * @param before the status written before, whose transition times stay where nothing changes
   */
  static PodStatus of(Pod pod, @Nullable PodStatus before, Seen seen, Instant now) {
    boolean initialized = initialized(pod, seen);
    String phase = phase(pod, seen, initialized);
    boolean done = phase.equals("Succeeded");
    boolean failed = phase.equals("Failed");
    List<String> unready =
        seen.main().entrySet().stream()
            .filter(e -> !e.getValue().ready())
            .map(Map.Entry::getKey)
            .toList();
    List<String> gates = done || failed ? List.of() : closedGates(pod);
    String reason = done ? "PodCompleted" : failed ? "PodFailed" : "ContainersNotReady";
    String message =
        done || failed ? null : "containers with unready status: " + String.join(" ", unready);
    boolean ready = unready.isEmpty() && initialized;
    List<PodCondition> conditions = new ArrayList<>();
    Conditions add = new Conditions(pod, before, now, conditions);
    add.of("PodReadyToStartContainers", !done && !failed, null, null);
    add.of("Initialized", initialized, initialized ? null : "ContainersNotInitialized", null);
    add.of("ContainersReady", ready, ready ? null : reason, ready ? null : message);
    if (ready && !gates.isEmpty()) {
      String closed = "corresponding conditions of pod readiness gates are not True: " + gates;
      add.of("Ready", false, "ReadinessGatesNotReady", closed);
    } else {
      add.of("Ready", ready, ready ? null : reason, ready ? null : message);
    }
    return new PodStatusBuilder()
        .withPhase(phase)
        .withConditions(conditions)
        .withHostIP(seen.hostIp())
        .addNewHostIP(seen.hostIp())
        .withPodIP(seen.podIp())
        .addNewPodIP(seen.podIp())
        .withStartTime(text(seen.startedAt()))
        .withInitContainerStatuses(
            statuses(pod, pod.getSpec().getInitContainers(), seen.init(), true))
        .withContainerStatuses(statuses(pod, pod.getSpec().getContainers(), seen.main(), false))
        .build();
  }

  /** Writes conditions whose time of transition stays where the status does. */
  private record Conditions(
      Pod pod, @Nullable PodStatus before, Instant now, List<PodCondition> into) {

    void of(String type, boolean holds, @Nullable String reason, @Nullable String message) {
      String status = holds ? "True" : "False";
      PodStatus old = before == null ? pod.getStatus() : before;
      String since =
          old.getConditions().stream()
              .filter(c -> c.getType().equals(type) && c.getStatus().equals(status))
              .map(PodCondition::getLastTransitionTime)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(text(now));
      into.add(
          new PodConditionBuilder()
              .withType(type)
              .withStatus(status)
              .withReason(reason)
              .withMessage(message)
              .withLastTransitionTime(since)
              .build());
    }
  }

  private static List<String> closedGates(Pod pod) {
    return pod.getSpec().getReadinessGates().stream()
        .map(gate -> gate.getConditionType())
        .filter(
            type ->
                pod.getStatus().getConditions().stream()
                    .noneMatch(c -> c.getType().equals(type) && c.getStatus().equals("True")))
        .toList();
  }

  private static List<ContainerStatus> statuses(
      Pod pod, List<Container> containers, Map<String, ContainerView> views, boolean init) {
    return containers.stream()
        .map(
            container ->
                Objects.requireNonNull(views.get(container.getName()))
                    .status(container, pod.getMetadata().getUid(), init))
        .toList();
  }

  static boolean sidecar(Container init) {
    return "Always".equals(init.getRestartPolicy());
  }

  private static boolean initialized(Pod pod, Seen seen) {
    return pod.getSpec().getInitContainers().stream()
        .allMatch(
            container -> {
              ContainerView view = Objects.requireNonNull(seen.init().get(container.getName()));
              return switch (view.phase()) {
                case Running _ -> sidecar(container);
                case Ended ended -> ended.code() == 0 || sidecar(container) && seen.over();
                case Waiting _ -> false;
              };
            });
  }

  private static String phase(Pod pod, Seen seen, boolean initialized) {
    String policy = Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
    Collection<ContainerView> main = seen.main().values();
    boolean allEnded = main.stream().allMatch(view -> view.phase() instanceof Ended);
    boolean allGood = allEnded && main.stream().allMatch(PodStatuses::good);
    boolean initFailed =
        policy.equals("Never") && seen.init().values().stream().anyMatch(PodStatuses::bad);
    if (seen.over()) {
      return allGood && initialized ? "Succeeded" : "Failed";
    }
    if (initFailed) {
      return "Failed";
    }
    if (!initialized || main.stream().anyMatch(PodStatuses::neverRan)) {
      return "Pending";
    }
    if (!allEnded || policy.equals("Always")) {
      return "Running";
    }
    return allGood ? "Succeeded" : policy.equals("Never") ? "Failed" : "Running";
  }

  private static boolean good(ContainerView view) {
    return view.phase() instanceof Ended ended && ended.code() == 0;
  }

  private static boolean bad(ContainerView view) {
    return view.phase() instanceof Ended ended && ended.code() != 0;
  }

  private static boolean neverRan(ContainerView view) {
    return view.phase() instanceof Waiting && view.last() == null;
  }
}

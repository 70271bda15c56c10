package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a pod stands, and what was written of it. A change is written before the call returns;
 * changes that come meanwhile are written together.
 */
final class PodState {

  private final KubeletGround ground;
  private final Stopping stopping;
  private final String podIp;
  private final String hostIp;
  private final Instant startedAt;
  private final Map<String, ContainerView> init = new LinkedHashMap<>();
  private final Map<String, ContainerView> main = new LinkedHashMap<>();
  private final Object writing = new Object();
  private volatile Pod pod;
  private volatile boolean over;
  private volatile @Nullable PodStatus written;

  /** What is in the API is not what was written. */
  private volatile boolean overruled;

  PodState(KubeletGround ground, Stopping stopping, Pod pod, String podIp, String hostIp) {
    this.ground = ground;
    this.stopping = stopping;
    this.pod = pod;
    this.podIp = podIp;
    this.hostIp = hostIp;
    String before = pod.getStatus().getStartTime();
    this.startedAt = before == null ? ground.clock().instant() : Instant.parse(before);
    List<Container> first = pod.getSpec().getInitContainers();
    boolean waits = !first.isEmpty();
    first.forEach(
        c -> init.put(c.getName(), before(pod.getStatus().getInitContainerStatuses(), c, waits)));
    pod.getSpec()
        .getContainers()
        .forEach(
            c -> main.put(c.getName(), before(pod.getStatus().getContainerStatuses(), c, waits)));
  }

  private static ContainerView before(
      List<ContainerStatus> statuses, Container container, boolean waits) {
    return statuses.stream()
        .filter(status -> status.getName().equals(container.getName()))
        .findFirst()
        .map(ContainerView::of)
        .orElse(waits ? ContainerView.INITIALIZING : ContainerView.CREATING);
  }

  Pod pod() {
    return pod;
  }

  String podIp() {
    return podIp;
  }

  String hostIp() {
    return hostIp;
  }

  /**
   * The pod as it is now in the API; writes again where somebody else's condition counts, and where
   * somebody else says how it stands: the node lifecycle controller tells that the pods of a node
   * are not ready whose lease is late, and it is for the kubelet to put that right (kubelet's
   * status manager, needsReconcile).
   */
  void seen(Pod now) {
    boolean gated = !now.getSpec().getReadinessGates().isEmpty();
    boolean other =
        gated && !now.getStatus().getConditions().equals(pod.getStatus().getConditions());
    pod = now;
    PodStatus ours = written;
    if (ours != null && !ready(now.getStatus()).equals(ready(ours))) {
      overruled = true;
      other = true;
    }
    if (other) {
      Thread.ofVirtual().start(this::write);
    }
  }

  private static String ready(PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .map(PodCondition::getStatus)
        .findFirst()
        .orElse("");
  }

  synchronized ContainerView view(String container) {
    return Optional.ofNullable(main.get(container))
        .orElseGet(() -> Objects.requireNonNull(init.get(container), container));
  }

  /** Takes note of how a container stands now and writes it. */
  void show(String container, ContainerView view) {
    note(container, view);
    write();
  }

  /** Takes note of how a container stands now; it is written with the next change. */
  synchronized void note(String container, ContainerView view) {
    (main.containsKey(container) ? main : init).put(container, view);
  }

  /** Nothing of the pod will run again. */
  void finish() {
    over = true;
    write();
  }

  private synchronized PodStatuses.Seen seen() {
    return new PodStatuses.Seen(
        podIp, hostIp, startedAt, new LinkedHashMap<>(init), new LinkedHashMap<>(main), over);
  }

  /** Writes how the pod stands, unless that is what was written and is there. */
  void write() {
    synchronized (writing) {
      PodStatus next = PodStatuses.of(pod, written, seen(), ground.clock().instant());
      boolean again = overruled;
      overruled = false;
      if ((again || !next.equals(written)) && ground.api().write(pod, next, stopping)) {
        written = next;
      }
    }
  }
}

package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.pods.ContainerView.Ended;
import dev.hikkoshi.sandbox.pods.ContainerView.Running;
import dev.hikkoshi.sandbox.pods.ContainerView.Waiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStatusesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ContainerView READY = view(new Running(NOW, true));

  private static ContainerView view(ContainerView.Phase phase) {
    return new ContainerView(phase, 0, null);
  }

  private static ContainerView view(String word) {
    return switch (word) {
      case "waiting" -> view(new Waiting("ContainerCreating", ""));
      case "backoff" ->
          new ContainerView(new Waiting("CrashLoopBackOff", ""), 1, new Ended(1, NOW, NOW));
      case "running" -> view(new Running(NOW, false));
      case "ready" -> READY;
      case "good" -> view(new Ended(0, NOW, NOW));
      default -> view(new Ended(1, NOW, NOW));
    };
  }

  private static Pod pod(String policy) {
    return new PodBuilder()
        .withNewMetadata()
        .withUid("u")
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy(policy)
        .addNewInitContainer()
        .withName("first")
        .withImage("a")
        .endInitContainer()
        .addNewContainer()
        .withName("app")
        .withImage("b:1")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .endStatus()
        .build();
  }

  private static PodStatus status(
      Pod pod, @Nullable PodStatus before, String init, String app, Instant now) {
    return PodStatuses.of(
        pod,
        before,
        new PodStatuses.Seen(
            "10.16.0.1",
            "10.0.0.9",
            NOW,
            Map.of("first", view(init)),
            Map.of("app", view(app)),
            false),
        now);
  }

  private static PodCondition condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Always, waiting, waiting, Pending, False",
    "Always, good, waiting, Pending, False",
    "Always, good, running, Running, False",
    "Always, good, ready, Running, True",
    "Always, good, backoff, Running, False",
    "Always, good, bad, Running, False",
    "Never, good, good, Succeeded, False",
    "Never, good, bad, Failed, False",
    "Never, bad, waiting, Failed, False",
    "OnFailure, good, bad, Running, False",
    "OnFailure, good, good, Succeeded, False"
  })
  void phaseAndReadinessFollowFromTheContainers(
      String policy, String init, String app, String phase, String ready) {
    PodStatus status = status(pod(policy), null, init, app, NOW);

    assertThat(status.getPhase()).isEqualTo(phase);
    assertThat(condition(status, "Ready").getStatus()).isEqualTo(ready);
  }

  @Test
  void aConditionKeepsTheTimeOfItsTransition() {
    PodStatus before = status(pod("Always"), null, "good", "running", NOW);
    Instant later = NOW.plusSeconds(60);

    PodStatus after = status(pod("Always"), before, "good", "ready", later);

    assertThat(condition(after, "Initialized").getLastTransitionTime())
        .isEqualTo("2026-11-24T10:00:00Z");
    assertThat(condition(after, "Ready").getLastTransitionTime()).isEqualTo("2026-11-24T10:01:00Z");
  }

  @Test
  void aPodWaitsForItsReadinessGates() {
    Pod gated =
        new PodBuilder(pod("Always"))
            .editSpec()
            .addNewReadinessGate("example.com/registered")
            .endSpec()
            .build();
    Pod open =
        new PodBuilder(gated)
            .editStatus()
            .addNewCondition()
            .withType("example.com/registered")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    PodStatus closed = status(gated, null, "good", "ready", NOW);
    assertThat(condition(closed, "ContainersReady").getStatus()).isEqualTo("True");
    assertThat(condition(closed, "Ready").getReason()).isEqualTo("ReadinessGatesNotReady");
    assertThat(condition(status(open, null, "good", "ready", NOW), "Ready").getStatus())
        .isEqualTo("True");
  }

  @Test
  void howAContainerStandsIsReadBackAsItWasWritten() {
    ContainerView crashed =
        new ContainerView(new Running(NOW, true), 3, new Ended(1, NOW.minusSeconds(9), NOW));

    var written = crashed.status(pod("Always").getSpec().getContainers().getFirst(), "u", false);

    assertThat(ContainerView.of(written)).isEqualTo(crashed);
    assertThat(written.getImageID()).startsWith("b@sha256:");
  }
}

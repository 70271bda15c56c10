package dev.hikkoshi.clusters.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Why pods of a workload are not ready: the sentence that a person would look for. */
final class PodTrouble {

  /** The kubelet goes on trying, but each of these needs a person to change something. */
  private static final Set<String> LASTING =
      Set.of(
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CrashLoopBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private PodTrouble() {}

  /** The worst of some pods, failing before progressing, by name; empty when all are fine. */
  static Optional<Health> worst(Collection<LiveObject> pods) {
    return pods.stream()
        .sorted(Comparator.comparing(LiveObject::key))
        .flatMap(pod -> of(pod).stream())
        .min(Comparator.comparing(h -> h instanceof Health.Failing ? 0 : 1));
  }

  static Optional<Health> of(LiveObject pod) {
    String name = "pod " + pod.key().name();
    for (String statuses :
        new String[] {"/status/initContainerStatuses", "/status/containerStatuses"}) {
      for (JsonNode container : pod.at(statuses)) {
        JsonNode waiting = container.at("/state/waiting");
        String reason = waiting.path("reason").asText();
        if (LASTING.contains(reason)) {
          return Optional.of(new Health.Failing(sentence(name, container, waiting)));
        }
        if (reason.startsWith("Err")) {
          return Optional.of(new Health.Progressing(sentence(name, container, waiting)));
        }
      }
    }
    return Conditions.whenFalse(pod, "PodScheduled")
        .map(c -> new Health.Progressing(name + " is not scheduled: " + c.said()));
  }

  private static String sentence(String pod, JsonNode container, JsonNode waiting) {
    String message = waiting.path("message").asText();
    String last = container.at("/lastState/terminated/exitCode").asText();
    return "%s, container %s: %s%s%s"
        .formatted(
            pod,
            container.path("name").asText(),
            waiting.path("reason").asText(),
            message.isEmpty() ? "" : ", " + message,
            last.isEmpty() ? "" : " (last exit code " + last + ")");
  }
}

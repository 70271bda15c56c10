package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;

/**
 * What became of a hook. Helm waits for Jobs and Pods; everything else is over once it is there.
 */
sealed interface HookEnd {

  record Good() implements HookEnd {}

  record Bad(String why) implements HookEnd {}

  record Open() implements HookEnd {}

  static boolean waitedFor(ObjectKey key) {
    return switch (key.group() + "/" + key.kind()) {
      case "batch/Job", "/Pod" -> true;
      default -> false;
    };
  }

  static HookEnd of(LiveObject object) {
    return object.key().kind().equals("Pod") ? pod(object) : job(object);
  }

  private static HookEnd pod(LiveObject pod) {
    return switch (pod.at("/status/phase").asText()) {
      case "Succeeded" -> new Good();
      case "Failed" -> new Bad(said(pod.at("/status")));
      default -> new Open();
    };
  }

  private static HookEnd job(LiveObject job) {
    for (JsonNode condition : job.at("/status/conditions")) {
      if (condition.path("status").asText().equals("True")) {
        switch (condition.path("type").asText()) {
          case "Complete" -> {
            return new Good();
          }
          case "Failed" -> {
            return new Bad(said(condition));
          }
          default -> {}
        }
      }
    }
    return new Open();
  }

  private static String said(JsonNode node) {
    String reason = node.path("reason").asText();
    String message = node.path("message").asText();
    String both = reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
    return both.isEmpty() ? "no reason given" : both;
  }
}

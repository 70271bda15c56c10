package dev.hikkoshi.clusters.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A node that stays, with what is free on it. */
final class Place {

  private final JsonNode node;
  private Amounts free;

  Place(JsonNode node) {
    this.node = node;
    this.free = Amounts.read(node.at("/status/allocatable"));
  }

  static boolean open(JsonNode node) {
    if (node.at("/spec/unschedulable").asBoolean()) {
      return false;
    }
    for (JsonNode condition : node.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  String name() {
    return node.at("/metadata/name").asText();
  }

  void take(Amounts requests) {
    free = free.minus(requests);
  }

  /** Why the pod cannot run here; empty when it can. */
  Optional<String> refusal(Pod pod) {
    for (var wanted : pod.selector().properties()) {
      if (!node.at("/metadata/labels")
          .path(wanted.getKey())
          .asText()
          .equals(wanted.getValue().asText())) {
        return Optional.of("label %s=%s".formatted(wanted.getKey(), wanted.getValue().asText()));
      }
    }
    for (JsonNode taint : node.at("/spec/taints")) {
      if (!pod.tolerates(taint)) {
        return Optional.of("a toleration of taint " + taint.path("key").asText());
      }
    }
    return free.lacking(pod.requests()).map(resource -> "free " + resource);
  }
}

package dev.hikkoshi.clusters.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import java.util.Optional;

/** Conditions of a status. */
final class Conditions {

  /** One condition. */
  record Condition(String status, String reason, String message) {

    boolean isTrue() {
      return status.equals("True");
    }

    boolean isFalse() {
      return status.equals("False");
    }

    /** Reason and message as one sentence part. */
    String said() {
      return message.isEmpty() ? reason : reason.isEmpty() ? message : reason + ": " + message;
    }
  }

  private Conditions() {}

  static Optional<Condition> of(LiveObject object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return Optional.of(
            new Condition(
                condition.path("status").asText(),
                condition.path("reason").asText(),
                condition.path("message").asText()));
      }
    }
    return Optional.empty();
  }

  static boolean isTrue(LiveObject object, String type) {
    return of(object, type).filter(Condition::isTrue).isPresent();
  }

  static Optional<Condition> whenTrue(LiveObject object, String type) {
    return of(object, type).filter(Condition::isTrue);
  }

  static Optional<Condition> whenFalse(LiveObject object, String type) {
    return of(object, type).filter(Condition::isFalse);
  }
}

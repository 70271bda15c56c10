package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record that changes while a release is applied.
 *
 * @param status Helm's word, such as {@code pending-upgrade} or {@code deployed}
 * @param description what {@code helm history} shows
 * @param firstDeployed null keeps what the record has
 * @param lastDeployed null keeps what the record has
 * @param deleted when its removal began; null keeps what the record has
 */
public record RecordState(
    String status,
    String description,
    @Nullable Instant firstDeployed,
    @Nullable Instant lastDeployed,
    @Nullable Instant deleted) {

  public RecordState {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(description, "description");
  }

  /** A state whose times stay as they are. */
  public RecordState(String status, String description) {
    this(status, description, null, null, null);
  }

  /** A revision that begins. */
  public static RecordState begun(
      String status, String description, Instant firstDeployed, Instant lastDeployed) {
    return new RecordState(status, description, firstDeployed, lastDeployed, null);
  }

  /** A revision whose removal begins. */
  public static RecordState removing(String status, String description, Instant at) {
    return new RecordState(status, description, null, null, at);
  }

  void write(ObjectNode request) {
    request.put("status", status).put("description", description);
    if (firstDeployed != null) {
      request.put("firstDeployed", firstDeployed.toString());
    }
    if (lastDeployed != null) {
      request.put("lastDeployed", lastDeployed.toString());
    }
    if (deleted != null) {
      request.put("deleted", deleted.toString());
    }
  }
}

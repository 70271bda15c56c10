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
 */
public record RecordState(
    String status,
    String description,
    @Nullable Instant firstDeployed,
    @Nullable Instant lastDeployed) {

  public RecordState {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(description, "description");
  }

  /** A state whose times stay as they are. */
  public RecordState(String status, String description) {
    this(status, description, null, null);
  }

  void write(ObjectNode request) {
    request.put("status", status).put("description", description);
    if (firstDeployed != null) {
      request.put("firstDeployed", firstDeployed.toString());
    }
    if (lastDeployed != null) {
      request.put("lastDeployed", lastDeployed.toString());
    }
  }
}

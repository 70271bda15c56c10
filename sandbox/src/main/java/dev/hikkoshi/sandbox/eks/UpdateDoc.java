package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update that can be followed.
 *
 * @param nodegroup the node group it belongs to; null for the cluster's own
 * @param clientRequestToken the token it was asked for with
 */
record UpdateDoc(
    String id,
    String type,
    Status status,
    List<Param> params,
    Instant createdAt,
    @Nullable String nodegroup,
    @Nullable String clientRequestToken) {

  enum Status {
    IN_PROGRESS("InProgress"),
    SUCCESSFUL("Successful"),
    FAILED("Failed");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  record Param(String type, String value) {}

  UpdateDoc {
    params = List.copyOf(params);
  }

  UpdateDoc with(Status next) {
    return new UpdateDoc(id, type, next, params, createdAt, nodegroup, clientRequestToken);
  }
}

package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An add-on. Nothing is installed for it: what it would bring is played elsewhere. */
record AddonDoc(
    String name,
    String arn,
    String version,
    Status status,
    Instant createdAt,
    Instant modifiedAt,
    @Nullable String serviceAccountRoleArn,
    @Nullable String configurationValues,
    @Nullable String clientRequestToken,
    Map<String, String> tags) {

  enum Status {
    CREATING,
    ACTIVE,
    DELETING
  }

  AddonDoc {
    tags = Map.copyOf(tags);
  }

  AddonDoc with(Status next, Instant now) {
    return new AddonDoc(
        name,
        arn,
        version,
        next,
        createdAt,
        now,
        serviceAccountRoleArn,
        configurationValues,
        clientRequestToken,
        tags);
  }

  AddonDoc withTags(Map<String, String> next) {
    return new AddonDoc(
        name,
        arn,
        version,
        status,
        createdAt,
        modifiedAt,
        serviceAccountRoleArn,
        configurationValues,
        clientRequestToken,
        next);
  }
}

package dev.hikkoshi.sandbox.eks;

import java.time.Instant;
import java.util.Map;

/**
 * The role of a service account.
 *
 * @param id {@code a-} and a word of its own
 * @param listedAt when ListPodIdentityAssociations shows it
 */
record PodIdentityDoc(
    String id,
    String arn,
    String namespace,
    String serviceAccount,
    String roleArn,
    Instant createdAt,
    Instant modifiedAt,
    Instant listedAt,
    Map<String, String> tags) {

  PodIdentityDoc {
    tags = Map.copyOf(tags);
  }

  boolean of(String space, String account) {
    return namespace.equals(space) && serviceAccount.equals(account);
  }

  PodIdentityDoc withRole(String next, Instant now) {
    return new PodIdentityDoc(
        id, arn, namespace, serviceAccount, next, createdAt, now, listedAt, tags);
  }

  PodIdentityDoc withTags(Map<String, String> next) {
    return new PodIdentityDoc(
        id, arn, namespace, serviceAccount, roleArn, createdAt, modifiedAt, listedAt, next);
  }
}

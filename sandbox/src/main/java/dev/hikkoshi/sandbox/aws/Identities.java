package dev.hikkoshi.sandbox.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the access keys of the account. */
@FunctionalInterface
public interface Identities {

  /** The identity of an access key, also of one that has expired. */
  Optional<Identity> byAccessKey(String accessKeyId);

  /**
   * An access key and whose it is.
   *
   * @param accessKeyId begins with AKIA for users, with ASIA for sessions of a role
   * @param secretKey never logged
   * @param sessionToken has to be sent with every request; null for users
   * @param principal whose key it is
   * @param expiresAt end of the session in epoch seconds; 0 for never
   */
  record Identity(
      String accessKeyId,
      String secretKey,
      @Nullable String sessionToken,
      AwsRequest.Principal principal,
      long expiresAt) {

    @Override
    public String toString() {
      return "Identity[" + accessKeyId + " of " + principal.arn() + "]";
    }
  }
}

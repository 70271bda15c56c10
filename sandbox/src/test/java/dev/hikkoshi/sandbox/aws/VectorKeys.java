package dev.hikkoshi.sandbox.aws;

import java.util.Map;
import java.util.Optional;

/** The keys with which botocore signed the vectors; they are good for nothing else. */
public final class VectorKeys implements Identities {

  public static final String USER = "arn:aws:iam::111122223333:user/vectors";
  public static final String SESSION = "arn:aws:sts::111122223333:assumed-role/hikkoshi/vectors";

  private static final Map<String, Identity> KEYS =
      Map.of(
          "AKIAVECTOREXAMPLE000",
          new Identity(
              "AKIAVECTOREXAMPLE000",
              "c2VjcmV0LWZvci12ZWN0b3JzLW9ubHkhISE",
              null,
              new AwsRequest.Principal(USER, "AIDAVECTORS"),
              0),
          "ASIAVECTOREXAMPLE000",
          new Identity(
              "ASIAVECTOREXAMPLE000",
              "dGVtcG9yYXJ5LXNlY3JldC1mb3ItdmVjdG9ycw",
              "session/token+for=vectors",
              new AwsRequest.Principal(SESSION, "AROAVECTORS:vectors"),
              1_795_518_000L));

  @Override
  public Optional<Identity> byAccessKey(String accessKeyId) {
    return Optional.ofNullable(KEYS.get(accessKeyId));
  }
}

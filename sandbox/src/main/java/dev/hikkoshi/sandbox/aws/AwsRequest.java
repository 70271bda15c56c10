package dev.hikkoshi.sandbox.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One authenticated request as a service sees it.
 *
 * @param requestId what the answer carries as {@code x-amzn-RequestId}
 * @param principal who signed: the access key's identity (never the key itself)
 * @param service the signing name out of the credential scope, for example {@code eks}
 * @param region the region out of the credential scope
 * @param method HTTP method
 * @param path raw path as sent, percent-encoded
 * @param query decoded query parameters; a parameter without a value has the empty string
 * @param headers lower-case header names
 * @param body at most {@link #MAX_BODY} bytes
 */
public record AwsRequest(
    String requestId,
    Principal principal,
    String service,
    String region,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {

  /** The largest body that is read; AWS's own limits for these services are below it. */
  public static final int MAX_BODY = 1 << 20;

  public AwsRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** The first value of a header, by lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * An identity of the account.
   *
   * @param arn for example {@code arn:aws:iam::111122223333:role/hikkoshi}
   * @param userId what STS answers as UserId
   */
  public record Principal(String arn, String userId) {}
}

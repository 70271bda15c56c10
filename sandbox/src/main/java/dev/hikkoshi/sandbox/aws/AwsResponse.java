package dev.hikkoshi.sandbox.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One answer, already in the service's wire format. */
public record AwsResponse(
    int status, String contentType, byte[] body, Map<String, String> headers) {

  public AwsResponse {
    headers = Map.copyOf(headers);
  }

  /** A JSON document, as rest-json services answer. */
  public static AwsResponse json(int status, String body) {
    return new AwsResponse(status, "application/json", bytes(body), Map.of());
  }

  /** An XML document, as rest-xml and query services answer. */
  public static AwsResponse xml(int status, String body) {
    return new AwsResponse(status, "text/xml", bytes(body), Map.of());
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}

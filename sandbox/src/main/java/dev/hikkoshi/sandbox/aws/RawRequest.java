package dev.hikkoshi.sandbox.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came, before anybody knows who sent it.
 *
 * @param method HTTP method
 * @param path raw path, percent-encoded
 * @param query raw query string, percent-encoded, without the question mark; empty for none
 * @param headers lower-case names, values as sent
 * @param body the whole body
 */
public record RawRequest(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

  public RawRequest {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).flatMap(values -> values.stream().findFirst());
  }
}

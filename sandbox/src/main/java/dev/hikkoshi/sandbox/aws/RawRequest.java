package dev.hikkoshi.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** The query string, decoded; what is not percent-encoded is taken as it stands. */
  public Map<String, List<String>> parameters() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}

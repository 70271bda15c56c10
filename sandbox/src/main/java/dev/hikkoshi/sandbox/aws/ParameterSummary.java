package dev.hikkoshi.sandbox.aws;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a call asked for, for the call log: readable, bounded, without secrets. */
final class ParameterSummary {

  private static final int MOST = 16_384;

  private ParameterSummary() {}

  static String of(AwsRequest request) {
    Map<String, String> query = new TreeMap<>();
    request
        .query()
        .forEach(
            (name, values) -> {
              if (!name.startsWith("X-Amz-")) {
                query.put(name, String.join(",", values));
              }
            });
    String type = request.header("content-type").orElse("");
    String body = request.body().length == 0 ? "" : bodyOf(request, type, query);
    String path = request.path().equals("/") ? "" : request.path();
    String parameters =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + (secret(e.getKey()) ? "..." : e.getValue()))
            .collect(Collectors.joining("&"));
    return cut(
        (path + (parameters.isEmpty() ? "" : "?" + parameters) + (body.isEmpty() ? "" : " " + body))
            .strip());
  }

  private static String bodyOf(AwsRequest request, String type, Map<String, String> query) {
    if (type.startsWith("application/x-www-form-urlencoded")) {
      Form form = Form.of(request);
      form.names().forEach(name -> form.one(name).ifPresent(value -> query.put(name, value)));
      return "";
    }
    boolean text = type.contains("json") || type.contains("xml") || type.startsWith("text/");
    return text ? request.text() : request.body().length + " bytes of " + type;
  }

  private static boolean secret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean idempotency = lower.equals("clientrequesttoken") || lower.equals("nexttoken");
    return !idempotency
        && (lower.contains("token") || lower.contains("secret") || lower.contains("password"));
  }

  private static String cut(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }
}

package dev.hikkoshi.sandbox.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * AWS calls of what is played inside the region, such as the load balancer controller of a cluster.
 * They need no signature; faults, call log and the service itself treat them as any other.
 */
public final class InsideCalls {

  private final Dispatcher dispatcher;
  private final String region;

  /** Calls through that dispatcher. */
  public InsideCalls(Dispatcher dispatcher, String region) {
    this.dispatcher = dispatcher;
    this.region = region;
  }

  /**
   * Calls an operation of a query protocol service.
   *
   * @param principal who calls, for the call log
   * @param service its signing name
   * @param parameters flat, {@code Action} among them
   * @throws AwsException where it is refused, or where a fault kept the answer back
   */
  public AwsResponse call(
      AwsRequest.Principal principal, String service, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    AwsRequest request =
        new AwsRequest(
            UUID.randomUUID().toString(),
            principal,
            service,
            region,
            "POST",
            "/",
            Map.of(),
            Map.of("content-type", List.of("application/x-www-form-urlencoded")),
            body.getBytes(StandardCharsets.UTF_8));
    return switch (dispatcher.inside(request)) {
      case Dispatcher.Outcome.Answer answer -> answer.response();
      case Dispatcher.Outcome.Cut _ ->
          throw new AwsException(503, "RequestLost", "the connection was closed without an answer");
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package dev.hikkoshi.clusters.metrics;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a provider wants to be left alone: {@code Retry-After} in seconds (RFC 9110, 10.2.3), or
 * Datadog's {@code X-RateLimit-Remaining: 0} with {@code X-RateLimit-Reset}, "time in seconds until
 * next reset" (docs.datadoghq.com/api/latest/rate-limits).
 */
final class Throttling {

  private static final Duration UNSAID = Duration.ofSeconds(5);
  private static final int TOO_MANY = 429;

  private Throttling() {}

  static Optional<Duration> of(HttpResponse<?> answer) {
    OptionalLong after = seconds(answer, "retry-after");
    OptionalLong reset = seconds(answer, "x-ratelimit-reset");
    boolean none = seconds(answer, "x-ratelimit-remaining").orElse(1) == 0;
    if (answer.statusCode() == TOO_MANY) {
      long wait = after.orElse(reset.orElse(UNSAID.toSeconds()));
      return Optional.of(Duration.ofSeconds(wait));
    }
    return none && reset.isPresent()
        ? Optional.of(Duration.ofSeconds(reset.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong seconds(HttpResponse<?> answer, String header) {
    try {
      return answer
          .headers()
          .firstValue(header)
          .map(text -> OptionalLong.of(Math.max(0, Long.parseLong(text.strip()))))
          .orElse(OptionalLong.empty());
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}

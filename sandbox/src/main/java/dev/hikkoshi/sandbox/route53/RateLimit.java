package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The token bucket of an account: 50 requests at once, 10 a second ("Amazon Route 53 API rate
 * limits", DNSLimitations.html). Beyond it AWS answers {@code Throttling} with status 400.
 */
final class RateLimit {

  private static final double BURST = 50;
  private static final double PER_SECOND = 10;

  private final InstantSource clock;
  private double tokens = BURST;
  private Instant at;

  RateLimit(InstantSource clock) {
    this.clock = clock;
    this.at = clock.instant();
  }

  synchronized void take() {
    Instant now = clock.instant();
    double seconds = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
    tokens = Math.min(BURST, tokens + seconds * PER_SECOND);
    at = now;
    if (tokens < 1) {
      throw new AwsException(400, "Throttling", "Rate exceeded");
    }
    tokens--;
  }
}

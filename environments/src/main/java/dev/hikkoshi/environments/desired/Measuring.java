package dev.hikkoshi.environments.desired;

import java.time.Duration;

/**
 * How shares are measured: configuration of the controller, not of an environment.
 *
 * @param metricPeriod of the load balancer's request counts; 60 s at AWS
 * @param dnsAnswers queries of our own to judge a step by; the bound at 1 % needs about 2,000
 * @param minRequests requests on both sides to judge a step by. With fewer than 200 the exact bound
 *     at α = 1e-6 allows a 1 % step to show up to 5 %, so that it would prove next to nothing
 */
public record Measuring(Duration metricPeriod, int dnsAnswers, int minRequests) {

  /** What AWS's own periods ask for. */
  public static Measuring standard() {
    return new Measuring(Duration.ofSeconds(60), 2_000, 200);
  }
}

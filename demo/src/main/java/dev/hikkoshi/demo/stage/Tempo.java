package dev.hikkoshi.demo.stage;

import java.time.Duration;

/**
 * How long things take on a stage.
 *
 * @param physics of the sandbox: a name or a file
 * @param metricPeriod how often the sandbox's load balancers report, as the controller is told
 * @param patience how long anything is waited for, on a machine that is busy with other things too
 */
public record Tempo(String physics, Duration metricPeriod, Duration patience) {

  /** What a demo has time for. */
  public static final Tempo FAST = new Tempo("fast", Duration.ofSeconds(1), Duration.ofMinutes(5));

  /**
   * AWS's own times: clusters take minutes, aliases have a TTL of 60 s, metrics come every 60 s.
   */
  public static final Tempo AWS = new Tempo("aws", Duration.ofSeconds(60), Duration.ofMinutes(60));
}

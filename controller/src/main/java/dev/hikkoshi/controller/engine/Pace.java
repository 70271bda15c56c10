package dev.hikkoshi.controller.engine;

import java.time.Duration;

/**
 * How often things are looked at.
 *
 * @param interval between passes in which nothing happens; up to a tenth is added or taken by
 *     chance, so that environments do not ask AWS at the same instant for ever
 * @param busy after a pass that did or decided something
 * @param follow how often a follower asks whether it leads now
 * @param call the longest effect: none begins when leadership may end before it
 * @param retryFirst after the first failure; doubled with each further one
 * @param retryMost the longest time between tries
 */
public record Pace(
    Duration interval,
    Duration busy,
    Duration follow,
    Duration call,
    Duration retryFirst,
    Duration retryMost) {

  private static final int MOST_DOUBLINGS = 16;
  private static final int PARTS_OF_A_LEASE = 5;

  /**
   * A pace around an interval.
   *
   * @param lease how long a leadership lasts without being renewed
   * @param call the longest effect
   */
  public static Pace of(Duration interval, Duration lease, Duration call) {
    Duration part = lease.dividedBy(PARTS_OF_A_LEASE);
    Duration second = Duration.ofSeconds(1);
    return new Pace(
        interval,
        Duration.ofMillis(200),
        part.compareTo(second) < 0 ? part : second,
        call,
        second,
        Duration.ofMinutes(1));
  }

  Duration retry(int failures) {
    Duration wanted = retryFirst.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return wanted.compareTo(retryMost) < 0 ? wanted : retryMost;
  }
}

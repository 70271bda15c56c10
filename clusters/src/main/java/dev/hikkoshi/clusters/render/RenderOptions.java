package dev.hikkoshi.clusters.render;

import java.time.Duration;
import java.util.Objects;

/**
 * How a pool behaves.
 *
 * @param workers processes that render at the same time
 * @param deadline from the call to the answer, waiting for a worker and lookups included
 * @param requestsPerWorker after so many a process is replaced by a fresh one
 */
public record RenderOptions(int workers, Duration deadline, int requestsPerWorker) {

  /** Two workers, 20 s (the slowest public chart takes 0.3 s), replaced after 1,000 requests. */
  public static final RenderOptions DEFAULT = new RenderOptions(2, Duration.ofSeconds(20), 1000);

  public RenderOptions {
    Objects.requireNonNull(deadline, "deadline");
    if (workers < 1 || workers > 64) {
      throw new IllegalArgumentException("workers: 1 to 64, not " + workers);
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline: not " + deadline);
    }
    if (requestsPerWorker < 1) {
      throw new IllegalArgumentException("requestsPerWorker: not " + requestsPerWorker);
    }
  }

  /** The same with another deadline. */
  public RenderOptions withDeadline(Duration other) {
    return new RenderOptions(workers, other, requestsPerWorker);
  }

  /** The same with another number of processes. */
  public RenderOptions withWorkers(int other) {
    return new RenderOptions(other, deadline, requestsPerWorker);
  }
}

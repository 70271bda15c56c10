package dev.hikkoshi.clusters.helm;

import java.time.Duration;
import java.time.Instant;

/**
 * One occasion on which hooks run.
 *
 * @param name Helm's word, such as {@code pre-upgrade}
 * @param since runs that began earlier belong to another occasion: one hook may be told to run
 *     before and after, and a rollback's record begins as a copy with all runs in it
 * @param timeout for each hook of its own
 */
record HookEvent(String name, Instant since, Duration timeout) {}

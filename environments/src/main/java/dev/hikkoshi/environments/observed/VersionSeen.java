package dev.hikkoshi.environments.observed;

import java.time.Instant;

/**
 * A Kubernetes minor that EKS offers, from DescribeClusterVersions.
 *
 * @param version for example {@code 1.37}
 * @param standardSupport whether it is in standard support now
 * @param endOfStandardSupport when that ends
 */
public record VersionSeen(String version, boolean standardSupport, Instant endOfStandardSupport) {}

package dev.hikkoshi.clusters.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How AWS is reached; what is empty comes from the standard places of every AWS tool (environment,
 * shared files, instance or pod identity).
 *
 * @param endpoint one address for all services, as {@code AWS_ENDPOINT_URL} has
 * @param profile in the shared configuration files
 * @param region of the environment
 * @param readLimit for one look, retries included
 * @param writeLimit for one write, which is never retried; shorter than the lease of the leader, so
 *     that no write outlives it
 */
public record AwsSettings(
    Optional<URI> endpoint,
    Optional<String> profile,
    Optional<String> region,
    Duration readLimit,
    Duration writeLimit) {

  public static final Duration READ_LIMIT = Duration.ofSeconds(20);
  public static final Duration WRITE_LIMIT = Duration.ofSeconds(8);

  public AwsSettings {
    if (!readLimit.isPositive() || !writeLimit.isPositive()) {
      throw new IllegalArgumentException("limits of AWS calls are positive");
    }
  }

  /** Everything from the standard places, with the usual limits. */
  public static AwsSettings standard() {
    return new AwsSettings(
        Optional.empty(), Optional.empty(), Optional.empty(), READ_LIMIT, WRITE_LIMIT);
  }

  public AwsSettings in(String otherRegion) {
    return new AwsSettings(endpoint, profile, Optional.of(otherRegion), readLimit, writeLimit);
  }

  public AwsSettings at(URI otherEndpoint) {
    return new AwsSettings(Optional.of(otherEndpoint), profile, region, readLimit, writeLimit);
  }

  public AwsSettings as(String otherProfile) {
    return new AwsSettings(endpoint, Optional.of(otherProfile), region, readLimit, writeLimit);
  }

  public AwsSettings limits(Duration read, Duration write) {
    return new AwsSettings(endpoint, profile, region, read, write);
  }
}

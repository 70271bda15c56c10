package dev.hikkoshi.sandbox.route53;

import org.jspecify.annotations.Nullable;

/**
 * A public hosted zone.
 *
 * @param id without {@code /hostedzone/}
 * @param name in the kept form of {@link DnsName}
 */
public record HostedZone(
    String id, String name, String callerReference, @Nullable String comment) {}

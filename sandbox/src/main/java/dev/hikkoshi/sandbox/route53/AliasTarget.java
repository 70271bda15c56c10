package dev.hikkoshi.sandbox.route53;

/**
 * What an alias record points at.
 *
 * @param hostedZoneId the record's own zone, or the fixed zone of load balancers in the region
 * @param dnsName in the kept form of {@link DnsName}; may begin with {@code dualstack.}
 * @param evaluateTargetHealth whether the record is left out of answers while its target is sick
 */
public record AliasTarget(String hostedZoneId, String dnsName, boolean evaluateTargetHealth) {

  /** The name without the prefix that AWS's console puts before load balancers' names. */
  public String target() {
    return dnsName.startsWith("dualstack.") ? dnsName.substring("dualstack.".length()) : dnsName;
  }
}

package dev.hikkoshi.sandbox.elb;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An application load balancer.
 *
 * @param dnsName without a dot at the end
 * @param scheme {@code internet-facing} or {@code internal}
 * @param subnets ids, one for each zone
 * @param address its own private address, see {@link dev.hikkoshi.sandbox.net.Vpc}; never reused
 * @param attributes only those that were set
 */
public record LoadBalancer(
    String arn,
    String name,
    String dnsName,
    String scheme,
    List<String> subnets,
    List<String> securityGroups,
    Instant created,
    String address,
    Map<String, String> attributes,
    Map<String, String> tags) {

  public LoadBalancer {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
    attributes = Map.copyOf(attributes);
    tags = Map.copyOf(tags);
  }

  /** What metrics call it: {@code app/name/0123456789abcdef}. */
  public String dimension() {
    return arn.substring(arn.indexOf("loadbalancer/") + "loadbalancer/".length());
  }

  /** An attribute, or AWS's default for it. */
  public String attribute(String key) {
    return attributes.getOrDefault(key, Attributes.LOAD_BALANCER.getOrDefault(key, ""));
  }

  LoadBalancer withTags(Map<String, String> changed) {
    return new LoadBalancer(
        arn, name, dnsName, scheme, subnets, securityGroups, created, address, attributes, changed);
  }

  LoadBalancer withAttributes(Map<String, String> changed) {
    return new LoadBalancer(
        arn, name, dnsName, scheme, subnets, securityGroups, created, address, changed, tags);
  }

  LoadBalancer withNetwork(List<String> otherSubnets, List<String> otherGroups) {
    return new LoadBalancer(
        arn, name, dnsName, scheme, otherSubnets, otherGroups, created, address, attributes, tags);
  }
}

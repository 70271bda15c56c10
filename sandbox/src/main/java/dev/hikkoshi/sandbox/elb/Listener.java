package dev.hikkoshi.sandbox.elb;

import java.util.List;
import java.util.Map;

/**
 * A listener with its default rule.
 *
 * @param port 1 to 65535, unique in the load balancer
 * @param protocol {@code HTTP} or {@code HTTPS}
 * @param sslPolicy empty for HTTP
 * @param certificates ARNs, the default one first; empty for HTTP
 * @param defaultRuleArn the rule that holds where no other does
 * @param defaultActions that rule's actions
 */
public record Listener(
    String arn,
    String loadBalancerArn,
    int port,
    String protocol,
    String sslPolicy,
    List<String> certificates,
    String defaultRuleArn,
    List<Action> defaultActions,
    Map<String, String> tags) {

  public Listener {
    certificates = List.copyOf(certificates);
    defaultActions = List.copyOf(defaultActions);
    tags = Map.copyOf(tags);
  }

  /** Whether clients must speak TLS. */
  public boolean tls() {
    return protocol.equals("HTTPS");
  }

  Listener withTags(Map<String, String> changed) {
    return new Listener(
        arn,
        loadBalancerArn,
        port,
        protocol,
        sslPolicy,
        certificates,
        defaultRuleArn,
        defaultActions,
        changed);
  }
}

package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.elb.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;

/**
 * What one Ingress comes to in AWS, without ARNs: target groups are named.
 *
 * @param id {@code namespace/name} of the Ingress, as in the tag {@code ingress.k8s.aws/stack}
 * @param groups by their names, which are unique in the account
 */
record Stack(
    String id,
    Balancer balancer,
    List<Listening> listeners,
    List<Routing> rules,
    Backend otherwise,
    List<Group> groups) {

  Stack {
    listeners = List.copyOf(listeners);
    rules = List.copyOf(rules);
    groups = List.copyOf(groups);
  }

  /** The load balancer; an empty list of security groups leaves them to AWS. */
  record Balancer(
      String name,
      String scheme,
      List<String> subnets,
      List<String> securityGroups,
      Map<String, String> attributes,
      Map<String, String> tags) {}

  /** A listener; all have the same rules. */
  record Listening(String protocol, int port, List<String> certificates) {}

  /** A rule; its place in the list is its priority. */
  record Routing(List<Condition> conditions, Backend backend) {}

  /** Where requests go. */
  sealed interface Backend {
    /** To the target group of that name. */
    record To(String group) implements Backend {}

    /** Nowhere: 404. */
    record Nowhere() implements Backend {}
  }

  /**
   * A target group and the Service whose pods it has.
   *
   * @param healthCheck parameters of CreateTargetGroup and ModifyTargetGroup
   */
  record Group(
      String name,
      int port,
      Map<String, String> healthCheck,
      Map<String, String> attributes,
      Map<String, String> tags,
      String service,
      IntOrString servicePort) {}
}

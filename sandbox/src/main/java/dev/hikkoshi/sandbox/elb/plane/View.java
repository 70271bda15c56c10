package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.LoadBalancer;
import java.util.Map;

/**
 * What the listeners of one load balancer go by; replaced whole whenever something changes.
 *
 * @param routes by the listener's ARN
 * @param targets by the group's ARN, of every group that a rule names
 */
record View(LoadBalancer balancer, Map<String, Routes> routes, Map<String, Targets> targets) {
  View {
    routes = Map.copyOf(routes);
    targets = Map.copyOf(targets);
  }
}

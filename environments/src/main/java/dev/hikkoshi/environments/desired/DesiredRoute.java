package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import java.util.Optional;
import java.util.Set;

/** A route as a commit asks for it. */
public sealed interface DesiredRoute {

  String name();

  /** Sides that are declared as not ours. */
  Set<String> strangers();

  Backend backend();

  /** The side that was there before the first cluster, if it is named. */
  Optional<External> external();

  /** The role with which the route is read and written. */
  Optional<String> role();

  /** A DNS name whose record sets alias each cluster's own load balancer. */
  record Dns(
      String name,
      Zone zone,
      String record,
      Set<String> strangers,
      Backend.Ingress backend,
      Optional<External> external)
      implements DesiredRoute {

    public Dns {
      strangers = Set.copyOf(strangers);
    }

    @Override
    public Optional<String> role() {
      return zone.role();
    }
  }

  /** A listener rule of a shared load balancer, with one target group per cluster. */
  record Alb(
      String name,
      Rule rule,
      Set<String> strangers,
      Backend.Service backend,
      Probe probe,
      Optional<External> external)
      implements DesiredRoute {

    public Alb {
      strangers = Set.copyOf(strangers);
    }

    @Override
    public Optional<String> role() {
      return rule.role();
    }
  }
}

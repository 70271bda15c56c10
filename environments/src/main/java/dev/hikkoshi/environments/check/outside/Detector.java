package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;

/** Knows what one controller, or one way of working, does outside the cluster. */
sealed interface Detector
    permits Autoscalers,
        Certificates,
        CloudResources,
        Consumers,
        DnsNames,
        ExternalDns,
        GitOps,
        LoadBalancers,
        Schedules,
        Storage,
        Telemetry,
        Unreached {

  /** Tells what one object does; most objects do nothing. */
  void look(Manifest object, Surroundings around, Found found);
}

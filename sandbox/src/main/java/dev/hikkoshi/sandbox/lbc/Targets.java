package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.elb.TargetGroup;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which addresses the port of a Service has. Pure. */
final class Targets {

  private Targets() {}

  /** The port of that number or name. */
  static Optional<ServicePort> port(Service service, IntOrString wanted) {
    return service.getSpec().getPorts().stream()
        .filter(
            port ->
                wanted.getIntVal() == null
                    ? wanted.getStrVal().equals(port.getName())
                    : wanted.getIntVal().equals(port.getPort()))
        .findFirst();
  }

  /** The ready endpoints of that port, in order. */
  static Set<TargetGroup.Address> ready(ServicePort port, Collection<EndpointSlice> slices) {
    String name = Objects.requireNonNullElse(port.getName(), "");
    Set<TargetGroup.Address> all = new LinkedHashSet<>();
    for (EndpointSlice slice : slices) {
      // Both lists are absent, not empty, when no pod is there.
      if (slice.getPorts() == null || slice.getEndpoints() == null) {
        continue;
      }
      Optional<Integer> number =
          slice.getPorts().stream()
              .filter(p -> name.equals(Objects.requireNonNullElse(p.getName(), "")))
              .map(EndpointPort::getPort)
              .findFirst();
      if (number.isEmpty() || !"IPv4".equals(slice.getAddressType())) {
        continue;
      }
      slice.getEndpoints().stream()
          .filter(Targets::ready)
          .flatMap(endpoint -> endpoint.getAddresses().stream())
          .forEach(ip -> all.add(new TargetGroup.Address(ip, number.get())));
    }
    return all;
  }

  /** "A nil value should be interpreted as true" (EndpointConditions). */
  private static boolean ready(Endpoint endpoint) {
    return endpoint.getConditions() == null
        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }
}

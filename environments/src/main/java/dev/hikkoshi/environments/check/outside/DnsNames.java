package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names that objects ask external-dns to publish: annotations, hosts of an Ingress, DNSEndpoints,
 * routes of the Gateway API. The same name with a set identifier is a record of its own, so two
 * clusters with different identifiers do not meet.
 */
final class DnsNames implements Detector {

  private static final String PREFIX = "external-dns.alpha.kubernetes.io/";

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    // Another controller's, by external-dns' own word for it.
    Optional<String> controller = object.annotation(PREFIX + "controller");
    if (controller.filter(c -> !c.equals("dns-controller")).isPresent()) {
      return;
    }
    Optional<String> identifier = object.annotation(PREFIX + "set-identifier");
    for (String name : names(object, around)) {
      if (around.moved().contains(name) && around.externalDns()) {
        found.always(EffectKind.ROUTE_NAME, "DNS name " + name + " belongs to a route");
      } else {
        String suffix = identifier.map(i -> " (set identifier " + i + ")").orElse("");
        found.claim(EffectKind.DNS_NAME, "DNS name " + name + suffix);
      }
    }
  }

  private static List<String> names(Manifest object, Surroundings around) {
    List<String> names = new ArrayList<>();
    for (String key : List.of("hostname", "internal-hostname")) {
      object
          .annotation(PREFIX + key)
          .ifPresent(list -> names.addAll(Arrays.asList(list.split(","))));
    }
    switch (object.kind()) {
      case "Ingress" -> {
        boolean annotationsOnly =
            object
                .annotation(PREFIX + "ingress-hostname-source")
                .filter("annotation-only"::equals)
                .isPresent();
        if (around.reads("ingress") && !annotationsOnly) {
          for (Object rule : Texts.list(object.tree(), "spec", "rules")) {
            Texts.text(rule, "host").ifPresent(names::add);
          }
        }
      }
      case "DNSEndpoint" -> {
        for (Object endpoint : Texts.list(object.tree(), "spec", "endpoints")) {
          Texts.text(endpoint, "dnsName").ifPresent(names::add);
        }
      }
      case "HTTPRoute", "GRPCRoute", "TLSRoute" -> {
        if (around.externalDns()) {
          Texts.list(object.tree(), "spec", "hostnames").forEach(h -> names.add(String.valueOf(h)));
        }
      }
      default -> {
        // Only annotations count.
      }
    }
    return names.stream().map(Surroundings::plain).filter(n -> !n.isEmpty()).distinct().toList();
  }
}

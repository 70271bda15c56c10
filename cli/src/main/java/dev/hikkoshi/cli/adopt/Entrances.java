package dev.hikkoshi.cli.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.KubeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where traffic enters a cluster, as its own objects say.
 *
 * @param ingresses that have an address
 * @param services all, for their ports
 */
public record Entrances(List<Ingress> ingresses, List<Service> services, List<Binding> bindings) {

  private static final String BINDINGS_API = "elbv2.k8s.aws/v1beta1";

  public Entrances {
    ingresses = List.copyOf(ingresses);
    services = List.copyOf(services);
    bindings = List.copyOf(bindings);
  }

  /**
   * An Ingress.
   *
   * @param hosts of its rules; none for every host
   * @param addresses DNS names of its load balancer, lower-case
   */
  public record Ingress(String namespace, String name, List<String> hosts, List<String> addresses) {

    public Ingress {
      hosts = List.copyOf(hosts);
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A Service.
   *
   * @param ports number by name
   * @param addresses of its own load balancer
   */
  public record Service(
      String namespace, String name, Map<String, Integer> ports, List<String> addresses) {

    public Service {
      ports = Map.copyOf(ports);
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A TargetGroupBinding.
   *
   * @param port a number or a port's name
   * @param madeFor the Ingress or Service that the controller made it for; empty when somebody
   *     wrote it
   */
  public record Binding(
      String namespace,
      String name,
      String groupArn,
      String service,
      String port,
      Optional<String> madeFor) {}

  /**
   * Asks the cluster.
   *
   * @throws dev.hikkoshi.clusters.kube.KubeException when it does not answer
   */
  static Entrances of(KubeApi api, Discovery discovery) {
    List<Ingress> ingresses =
        api.list("/apis/networking.k8s.io/v1/ingresses", "").items().stream()
            .map(Entrances::ingress)
            .filter(ingress -> !ingress.addresses().isEmpty())
            .toList();
    List<Service> services =
        api.list("/api/v1/services", "").items().stream().map(Entrances::service).toList();
    List<Binding> bindings =
        discovery
            .find(BINDINGS_API, "TargetGroupBinding")
            .map(resource -> api.list(resource.everywhere(), "").items())
            .orElse(List.of())
            .stream()
            .map(Entrances::binding)
            .toList();
    return new Entrances(ingresses, services, bindings);
  }

  private static Ingress ingress(ObjectNode object) {
    Set<String> hosts = new TreeSet<>();
    for (JsonNode rule : object.at("/spec/rules")) {
      if (!rule.path("host").asText().isEmpty()) {
        hosts.add(rule.path("host").asText().toLowerCase(Locale.ROOT));
      }
    }
    return new Ingress(namespace(object), name(object), List.copyOf(hosts), addresses(object));
  }

  private static Service service(ObjectNode object) {
    Map<String, Integer> ports = new TreeMap<>();
    for (JsonNode port : object.at("/spec/ports")) {
      ports.put(port.path("name").asText(), port.path("port").asInt());
    }
    return new Service(namespace(object), name(object), ports, addresses(object));
  }

  private static Binding binding(ObjectNode object) {
    JsonNode labels = object.at("/metadata/labels");
    Optional<String> madeFor = Optional.empty();
    for (String kind : List.of("ingress", "service")) {
      String stack = labels.path(kind + ".k8s.aws/stack-name").asText();
      String space = labels.path(kind + ".k8s.aws/stack-namespace").asText();
      if (!stack.isEmpty()) {
        madeFor = Optional.of(kind + " " + (space.isEmpty() ? stack : space + "/" + stack));
      }
    }
    return new Binding(
        namespace(object),
        name(object),
        object.at("/spec/targetGroupARN").asText(),
        object.at("/spec/serviceRef/name").asText(),
        object.at("/spec/serviceRef/port").asText(),
        madeFor);
  }

  private static List<String> addresses(ObjectNode object) {
    List<String> addresses = new ArrayList<>();
    for (JsonNode entry : object.at("/status/loadBalancer/ingress")) {
      String host = entry.path("hostname").asText().toLowerCase(Locale.ROOT);
      if (!host.isEmpty()) {
        addresses.add(host.startsWith("dualstack.") ? host.substring(10) : host);
      }
    }
    return addresses;
  }

  private static String namespace(ObjectNode object) {
    return object.at("/metadata/namespace").asText();
  }

  private static String name(ObjectNode object) {
    return object.at("/metadata/name").asText();
  }

  /** DNS names of all load balancers that the cluster's objects have. */
  Set<String> addresses() {
    Set<String> all = new TreeSet<>();
    ingresses.forEach(ingress -> all.addAll(ingress.addresses()));
    services.forEach(service -> all.addAll(service.addresses()));
    return all;
  }

  /** The number of a Service's port, which a binding may name. */
  Optional<Integer> port(String namespace, String service, String port) {
    if (port.matches("[0-9]{1,5}")) {
      return Optional.of(Integer.valueOf(port));
    }
    return services.stream()
        .filter(s -> s.namespace().equals(namespace) && s.name().equals(service))
        .findFirst()
        .flatMap(s -> Optional.ofNullable(s.ports().get(port)));
  }
}

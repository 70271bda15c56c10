package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.elb.Condition;
import dev.hikkoshi.sandbox.lbc.Stack.Backend;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an Ingress into what it comes to in AWS. Pure, but for looking Services up. */
final class StackBuilder {

  static final String CLUSTER_TAG = "elbv2.k8s.aws/cluster";
  static final String STACK_TAG = "ingress.k8s.aws/stack";
  static final String RESOURCE_TAG = "ingress.k8s.aws/resource";

  /** The controller's defaults ("Health Check" of its guide). */
  private static final Map<String, String> HEALTH_CHECK =
      Map.of(
          "HealthCheckProtocol", "HTTP",
          "HealthCheckPort", "traffic-port",
          "HealthCheckPath", "/",
          "HealthCheckIntervalSeconds", "15",
          "HealthCheckTimeoutSeconds", "5",
          "HealthyThresholdCount", "2",
          "UnhealthyThresholdCount", "2",
          "Matcher.HttpCode", "200");

  private static final Map<String, String> HEALTH_CHECK_KEYS =
      Map.of(
          "HealthCheckProtocol", "healthcheck-protocol",
          "HealthCheckPort", "healthcheck-port",
          "HealthCheckPath", "healthcheck-path",
          "HealthCheckIntervalSeconds", "healthcheck-interval-seconds",
          "HealthCheckTimeoutSeconds", "healthcheck-timeout-seconds",
          "HealthyThresholdCount", "healthy-threshold-count",
          "UnhealthyThresholdCount", "unhealthy-threshold-count",
          "Matcher.HttpCode", "success-codes");

  private final String cluster;
  private final Network network;
  private final Ingress ingress;
  private final Function<String, Optional<Service>> services;
  private final Annotations annotations;
  private final Map<String, Stack.Group> groups = new LinkedHashMap<>();

  private StackBuilder(
      String cluster,
      Network network,
      Ingress ingress,
      Function<String, Optional<Service>> services)
      throws Refused {
    this.cluster = cluster;
    this.network = network;
    this.ingress = ingress;
    this.services = services;
    this.annotations = Annotations.of(ingress.getMetadata().getAnnotations());
  }

  /**
   * Reads an Ingress.
   *
   * @param services the Services of its namespace by name
   * @throws Refused where it asks for what cannot be, or is not played
   */
  static Stack build(
      String cluster,
      Network network,
      Ingress ingress,
      Function<String, Optional<Service>> services)
      throws Refused {
    return new StackBuilder(cluster, network, ingress, services).build();
  }

  private String namespace() {
    return ingress.getMetadata().getNamespace();
  }

  private String id() {
    return namespace() + "/" + ingress.getMetadata().getName();
  }

  private Stack build() throws Refused {
    List<Stack.Listening> listeners = new ArrayList<>();
    for (Annotations.ListenPort port : annotations.listenPorts()) {
      boolean tls = port.protocol().equals("HTTPS");
      List<String> certificates = tls ? annotations.list("certificate-arn") : List.of();
      listeners.add(new Stack.Listening(port.protocol(), port.port(), certificates));
    }
    List<Stack.Routing> rules = new ArrayList<>();
    for (IngressRule rule : ingress.getSpec().getRules()) {
      rules(rule, rules);
    }
    IngressBackend fallback = ingress.getSpec().getDefaultBackend();
    Backend otherwise = fallback == null ? new Backend.Nowhere() : backend(fallback);
    return new Stack(id(), balancer(), listeners, rules, otherwise, List.copyOf(groups.values()));
  }

  private Stack.Balancer balancer() throws Refused {
    String scheme = annotations.or("scheme", "internal");
    if (!scheme.equals("internal") && !scheme.equals("internet-facing")) {
      throw Refused.forGood("unknown scheme: " + scheme);
    }
    List<String> subnets = annotations.list("subnets");
    if (subnets.isEmpty()) {
      boolean open = scheme.equals("internet-facing");
      subnets =
          network.subnets().stream()
              .filter(subnet -> subnet.open() == open)
              .map(Network.Subnet::id)
              .toList();
    }
    String name =
        annotations.or(
            "load-balancer-name",
            name(ingress.getMetadata().getName(), cluster + "|" + id() + "|" + scheme));
    return new Stack.Balancer(
        name,
        scheme,
        subnets,
        annotations.list("security-groups"),
        annotations.pairs("load-balancer-attributes"),
        tags("LoadBalancer"));
  }

  private Map<String, String> tags(String resource) throws Refused {
    Map<String, String> tags = new LinkedHashMap<>(annotations.pairs("tags"));
    tags.put(CLUSTER_TAG, cluster);
    tags.put(STACK_TAG, id());
    tags.put(RESOURCE_TAG, resource);
    return tags;
  }

  /** {@code k8s-namespace-name-hash}, as the controller names what nobody named. */
  private String name(String what, String unique) {
    return "k8s-%s-%s-%s"
        .formatted(short8(namespace()), short8(what), Hashes.of(unique).substring(0, 10));
  }

  private static String short8(String text) {
    String clean = text.replaceAll("[^a-zA-Z0-9]", "");
    return clean.substring(0, Math.min(8, clean.length()));
  }

  private void rules(IngressRule rule, List<Stack.Routing> into) throws Refused {
    if (rule.getHttp() == null) {
      return;
    }
    List<HTTPIngressPath> paths = new ArrayList<>(rule.getHttp().getPaths());
    paths.sort(Comparator.comparingInt(StackBuilder::rank));
    for (HTTPIngressPath path : paths) {
      List<Condition> conditions = new ArrayList<>();
      String host = rule.getHost();
      if (host != null && !host.isEmpty()) {
        conditions.add(new Condition("host-header", "", List.of(host)));
      }
      conditions.add(new Condition("path-pattern", "", patterns(path)));
      into.add(new Stack.Routing(conditions, backend(path.getBackend())));
    }
  }

  /** Exact paths first, then longer prefixes before shorter ones, then the others as written. */
  private static int rank(HTTPIngressPath path) {
    return switch (path.getPathType()) {
      case "Exact" -> Integer.MIN_VALUE;
      case "Prefix" -> -path(path).length();
      default -> 1;
    };
  }

  private static String path(HTTPIngressPath path) {
    return Objects.requireNonNullElse(path.getPath(), "");
  }

  private static List<String> patterns(HTTPIngressPath path) throws Refused {
    String text = path(path);
    boolean prefix = path.getPathType().equals("Prefix");
    if (text.isEmpty()) {
      return List.of("/*");
    }
    if (!path.getPathType().equals("ImplementationSpecific") && text.matches(".*[*?].*")) {
      throw Refused.forGood("path shouldn't contain wildcards with type " + path.getPathType());
    }
    if (!prefix) {
      return List.of(text);
    }
    String bare = text.replaceFirst("/+$", "");
    return bare.isEmpty() ? List.of("/*") : List.of(bare, bare + "/*");
  }

  private Backend backend(IngressBackend backend) throws Refused {
    IngressServiceBackend to = backend.getService();
    if (to == null) {
      throw Refused.forGood("backends that are no Service are not played");
    }
    var port = to.getPort();
    if ("use-annotation".equals(port.getName())) {
      throw Refused.forGood("the sandbox does not play actions by annotation");
    }
    IntOrString wanted =
        port.getNumber() == null
            ? new IntOrString(port.getName())
            : new IntOrString(port.getNumber());
    Service service =
        services
            .apply(to.getName())
            .orElseThrow(
                () ->
                    Refused.notYet(
                        "backend service not found: %s/%s".formatted(namespace(), to.getName())));
    ServicePort found =
        Targets.port(service, wanted)
            .orElseThrow(
                () ->
                    Refused.notYet(
                        "unable to find port %s on service %s/%s"
                            .formatted(text(wanted), namespace(), to.getName())));
    Stack.Group group = group(service, wanted, found);
    groups.put(group.name(), group);
    return new Backend.To(group.name());
  }

  private Stack.Group group(Service service, IntOrString wanted, ServicePort found) throws Refused {
    String serviceName = service.getMetadata().getName();
    Annotations both = Annotations.of(service.getMetadata().getAnnotations()).over(annotations);
    Map<String, String> healthCheck = new LinkedHashMap<>();
    HEALTH_CHECK.forEach(
        (parameter, usual) ->
            healthCheck.put(
                parameter,
                both.or(Objects.requireNonNull(HEALTH_CHECK_KEYS.get(parameter)), usual)));
    String resource =
        "%s/%s-%s:%s"
            .formatted(namespace(), ingress.getMetadata().getName(), serviceName, text(wanted));
    return new Stack.Group(
        name(serviceName, cluster + "|" + resource),
        number(found.getTargetPort()),
        healthCheck,
        both.pairs("target-group-attributes"),
        tags(resource),
        serviceName,
        wanted);
  }

  /** A named target port differs from pod to pod; the controller writes 1 then. */
  private static int number(@Nullable IntOrString port) {
    return port == null || port.getIntVal() == null ? 1 : port.getIntVal();
  }

  static String text(IntOrString port) {
    return port.getIntVal() == null ? port.getStrVal() : String.valueOf(port.getIntVal());
  }
}

package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.health.Selectors;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ends of routes inside a cluster: the pods behind them and what leads to them. */
final class Backends {

  /**
   * On bindings that the AWS Load Balancer Controller made for an Ingress or a Service. Their
   * groups are behind that object's own load balancer, whose rules name them up to its end.
   */
  private static final List<String> MADE_FOR =
      List.of("ingress.k8s.aws/stack-name", "service.k8s.aws/stack-name");

  /** What has a pod template and a number of pods. */
  private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

  private final LiveObjects live;

  Backends(LiveObjects live) {
    this.live = live;
  }

  BackendSeen see(String route, Backend backend) {
    return switch (backend) {
      case Backend.Ingress(String namespace, String name) -> {
        Optional<LiveObject> ingress =
            live.find(new ObjectKey("networking.k8s.io/v1", "Ingress", namespace, name));
        yield counted(
            namespace,
            ingress.map(Backends::services).orElse(Set.of()),
            ingress.flatMap(Backends::hostname),
            Optional.empty(),
            Set.of());
      }
      case Backend.Service(String namespace, String name, _) ->
          counted(namespace, Set.of(name), Optional.empty(), binding(route), fed(namespace, name));
    };
  }

  /** Ready pods of every workload, by its path. */
  static int ready(LiveObject workload) {
    return workload.key().kind().equals("DaemonSet")
        ? workload.at("/status/numberReady").asInt()
        : workload.at("/status/readyReplicas").asInt();
  }

  Stream<LiveObject> workloads() {
    return WORKLOADS.stream().map(kind -> live.all("apps/v1", kind)).flatMap(Collection::stream);
  }

  /** The group that our binding of a route feeds. */
  private Optional<String> binding(String route) {
    return live.all(Bindings.API, Bindings.KIND).stream()
        .filter(b -> b.label(Bindings.ROUTE).equals(Optional.of(route)))
        .map(b -> b.at("/spec/targetGroupARN").asText())
        .findFirst();
  }

  /** Groups that bindings of a Service feed, ours and others'. */
  private Set<String> fed(String namespace, String service) {
    return live.in(namespace, Bindings.API, Bindings.KIND)
        .filter(b -> b.at("/spec/serviceRef/name").asText().equals(service))
        .map(b -> b.at("/spec/targetGroupARN").asText())
        .filter(arn -> !arn.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every load balancer and target group that objects here make or feed. */
  Set<String> ends() {
    Set<String> ends = new TreeSet<>();
    Stream.concat(
            live.all("networking.k8s.io/v1", "Ingress").stream(),
            live.all("v1", "Service").stream())
        .flatMap(object -> hostname(object).stream())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(ends::add);
    live.all(Bindings.API, Bindings.KIND).stream()
        .filter(binding -> MADE_FOR.stream().allMatch(label -> binding.label(label).isEmpty()))
        .map(binding -> binding.at("/spec/targetGroupARN").asText())
        .filter(arn -> !arn.isEmpty())
        .forEach(ends::add);
    return ends;
  }

  private BackendSeen counted(
      String namespace,
      Set<String> services,
      Optional<String> loadBalancer,
      Optional<String> binding,
      Set<String> fed) {
    List<JsonNode> selectors =
        live.in(namespace, "v1", "Service")
            .filter(s -> services.contains(s.key().name()))
            .map(s -> s.at("/spec/selector"))
            .toList();
    long ready =
        live.in(namespace, "v1", "Pod")
            .filter(pod -> selected(selectors, pod.at("/metadata/labels")))
            .filter(Backends::isReady)
            .count();
    int wanted =
        workloads()
            .filter(w -> w.key().namespace().equals(namespace))
            .filter(w -> selected(selectors, w.at("/spec/template/metadata/labels")))
            .mapToInt(Backends::wanted)
            .sum();
    return new BackendSeen((int) ready, wanted, loadBalancer, binding, fed);
  }

  private static boolean selected(List<JsonNode> selectors, JsonNode labels) {
    return selectors.stream().anyMatch(selector -> Selectors.simple(selector, labels));
  }

  private static boolean isReady(LiveObject pod) {
    if (!pod.at("/metadata/deletionTimestamp").asText().isEmpty()) {
      return false;
    }
    for (JsonNode condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static int wanted(LiveObject workload) {
    return workload.key().kind().equals("DaemonSet")
        ? workload.at("/status/desiredNumberScheduled").asInt()
        : workload.at("/spec/replicas").asInt(1);
  }

  private static Set<String> services(LiveObject ingress) {
    Set<String> names = new TreeSet<>();
    add(names, ingress.at("/spec/defaultBackend"));
    for (JsonNode rule : ingress.at("/spec/rules")) {
      for (JsonNode path : rule.at("/http/paths")) {
        add(names, path.path("backend"));
      }
    }
    return names;
  }

  private static void add(Set<String> names, JsonNode backend) {
    String name = backend.at("/service/name").asText();
    if (!name.isEmpty()) {
      names.add(name);
    }
  }

  private static Optional<String> hostname(LiveObject object) {
    for (JsonNode entry : object.at("/status/loadBalancer/ingress")) {
      String name = entry.path("hostname").asText(entry.path("ip").asText());
      if (!name.isEmpty()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}

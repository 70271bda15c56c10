package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * TargetGroupBindings of ours, which the AWS Load Balancer Controller follows. One for each route,
 * found by label, so that it is found even when the route's Service moved to another namespace.
 */
final class Bindings {

  static final String API = "elbv2.k8s.aws/v1beta1";
  static final String KIND = "TargetGroupBinding";
  static final String ROUTE = "hikkoshi.dev/route";

  private static final String MANAGER = "hikkoshi";

  private final Connection cluster;

  Bindings(Connection cluster) {
    this.cluster = cluster;
  }

  Outcome bind(String route, Backend.Service service, String groupArn) {
    Resource resource =
        resource()
            .orElseThrow(
                () ->
                    NotDone.changed(
                        "this cluster serves no %s yet; the AWS Load Balancer Controller brings it"
                            .formatted(KIND)));
    String name = name(route);
    for (LiveObject old : ours(resource, route)) {
      boolean same =
          old.key().equals(new ObjectKey(API, KIND, service.namespace(), name))
              && old.at("/spec/targetGroupARN").asText().equals(groupArn);
      if (!same) {
        // A binding's group cannot be changed, so the old one goes first.
        delete(resource, old);
        throw NotDone.changed(
            "the binding of route %s to another group is removed".formatted(route));
      }
    }
    ObjectNode answer =
        cluster
            .api()
            .apply(
                resource.object(service.namespace(), name),
                MANAGER,
                body(route, service, groupArn),
                false);
    cluster.live().put(answer);
    return Outcome.done(answer.at("/metadata/uid").asText());
  }

  Outcome unbind(String route) {
    resource().ifPresent(r -> ours(r, route).forEach(binding -> delete(r, binding)));
    return Outcome.done("");
  }

  private static ObjectNode body(String route, Backend.Service service, String groupArn) {
    ObjectNode body = Trees.object().put("apiVersion", API).put("kind", KIND);
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("name", name(route)).put("namespace", service.namespace());
    metadata.putObject("labels").put(ROUTE, route).put(Part.MANAGED_BY, MANAGER);
    ObjectNode spec = body.putObject("spec");
    spec.put("targetGroupARN", groupArn).put("targetType", "ip");
    spec.putObject("serviceRef").put("name", service.name()).put("port", service.port());
    return body;
  }

  private Optional<Resource> resource() {
    return cluster.discovery().find(API, KIND);
  }

  /** Asked of the server, not of the watches: what is deleted is looked at first. */
  private List<LiveObject> ours(Resource resource, String route) {
    KubeApi.Listing all =
        cluster.api().list(resource.everywhere(), "labelSelector=" + ROUTE + "%3D" + route);
    return all.items().stream()
        .map(item -> LiveObject.of(item.put("apiVersion", API).put("kind", KIND)))
        .toList();
  }

  private void delete(Resource resource, LiveObject binding) {
    cluster
        .api()
        .delete(resource.object(binding.key().namespace(), binding.key().name()), binding.uid());
  }

  private static String name(String route) {
    return "hikkoshi-" + route;
  }
}

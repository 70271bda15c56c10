package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What makes load balancers in a cluster that is going to be removed. */
final class BalancerObjects {

  private record Kind(String apiVersion, String kind, Predicate<ObjectNode> makesOne) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Bindings.API, Bindings.KIND, _ -> true),
          new Kind("networking.k8s.io/v1", "Ingress", _ -> true),
          new Kind("v1", "Service", s -> s.at("/spec/type").asText().equals("LoadBalancer")));

  private final Connection cluster;
  private final Parallel parallel;

  BalancerObjects(Connection cluster, Parallel parallel) {
    this.cluster = cluster;
    this.parallel = parallel;
  }

  /** Deletes them all and counts those that are still there, held by their controller. */
  Outcome remove() {
    int remaining = 0;
    for (Kind kind : KINDS) {
      Optional<Resource> resource = cluster.discovery().find(kind.apiVersion(), kind.kind());
      if (resource.isPresent()) {
        remaining += remove(resource.get(), kind);
      }
    }
    return Outcome.done("", "remaining", Integer.toString(remaining));
  }

  private int remove(Resource resource, Kind kind) {
    List<ObjectNode> here = there(resource, kind);
    parallel.map(here, object -> delete(resource, object));
    return here.isEmpty() ? 0 : there(resource, kind).size();
  }

  private boolean delete(Resource resource, ObjectNode object) {
    boolean going = object.at("/metadata").has("deletionTimestamp");
    String path =
        resource.object(
            object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText());
    return !going && cluster.api().delete(path, object.at("/metadata/uid").asText());
  }

  private List<ObjectNode> there(Resource resource, Kind kind) {
    return cluster.api().list(resource.everywhere(), "").items().stream()
        .filter(kind.makesOne())
        .toList();
  }
}

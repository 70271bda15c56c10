package dev.hikkoshi.sandbox.lbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import dev.hikkoshi.sandbox.cluster.ClusterListener;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A load balancer controller in every cluster. */
public final class LoadBalancerControllerPart implements RegionPart, ClusterListener {

  private final Map<String, Controller> controllers = new ConcurrentHashMap<>();
  private @Nullable RegionContext region;

  @Override
  public String name() {
    return "load-balancer-controller";
  }

  @Override
  public void start(RegionContext context) {
    region = context;
    context.onClusters(this);
  }

  @Override
  public void clusterReady(ClusterAccess cluster) {
    RegionContext context = Objects.requireNonNull(region);
    controllers.computeIfAbsent(cluster.name(), _ -> Controller.begin(context, cluster));
  }

  /** Load balancers of its Ingresses stay, as they do on AWS when a cluster is deleted first. */
  @Override
  public void clusterDeleting(ClusterAccess cluster) {
    Controller controller = controllers.remove(cluster.name());
    if (controller != null) {
      controller.close();
    }
  }

  @Override
  public JsonNode summary() {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    controllers.keySet().stream().sorted().forEach(summary.putArray("clusters")::add);
    return summary;
  }

  @Override
  public void close() {
    controllers.values().forEach(Controller::close);
    controllers.clear();
  }
}

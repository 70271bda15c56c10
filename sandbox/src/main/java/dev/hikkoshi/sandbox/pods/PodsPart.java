package dev.hikkoshi.sandbox.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.ControlHandler;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import dev.hikkoshi.sandbox.cluster.ClusterListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pods with behaviour in every cluster, and the registries their images come from. */
public final class PodsPart implements RegionPart, ClusterListener {

  private static final Duration AWS_FLOOR = Duration.ofSeconds(5);

  private final Map<String, Kubelet> kubelets = new ConcurrentHashMap<>();
  private @Nullable RegionContext region;
  private @Nullable Images images;

  @Override
  public String name() {
    return "pods";
  }

  @Override
  public void start(RegionContext context) {
    region = context;
    images = new Images(context.state());
    context.onClusters(this);
  }

  @Override
  public void clusterReady(ClusterAccess cluster) {
    Kubelet kubelet = kubelets.computeIfAbsent(cluster.name(), _ -> kubelet(cluster));
    try {
      kubelet.start();
    } catch (RuntimeException e) {
      clusterDeleting(cluster);
      throw e;
    }
  }

  private Kubelet kubelet(ClusterAccess cluster) {
    RegionContext context = Objects.requireNonNull(region);
    return new Kubelet(
        new KubeletGround(
            cluster,
            context.vertx(),
            context.clock(),
            context.events(),
            Objects.requireNonNull(images),
            new Prober(context.vertx()),
            new Addresses(cluster.podCidr()),
            new PodApi(cluster),
            new Configuration(cluster.client()),
            (double) context.physics().healthCheckFloor().toMillis() / AWS_FLOOR.toMillis()));
  }

  @Override
  public void clusterDeleting(ClusterAccess cluster) {
    Kubelet kubelet = kubelets.remove(cluster.name());
    if (kubelet != null) {
      kubelet.close();
    }
  }

  @Override
  public JsonNode summary() {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = summary.putObject("pods");
    new TreeMap<>(kubelets).forEach((cluster, kubelet) -> counts.put(cluster, kubelet.pods()));
    return summary;
  }

  @Override
  public Map<String, ControlHandler> control() {
    return Map.of("images", this::images);
  }

  private JsonNode images(ControlHandler.Request request) {
    Images registries = Objects.requireNonNull(images);
    if (request.method().equals("PUT")) {
      JsonNode sent = request.body().path("refused");
      if (!sent.isArray() || request.body().size() != 1) {
        throw new IllegalArgumentException("expected {\"refused\": [PATTERN, ...]}");
      }
      List<String> patterns = new ArrayList<>();
      sent.forEach(pattern -> patterns.add(pattern.asText()));
      registries.refuse(patterns);
    } else if (!request.method().equals("GET")) {
      throw new IllegalArgumentException("GET or PUT, not " + request.method());
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    registries.refused().forEach(answer.putArray("refused")::add);
    return answer;
  }

  @Override
  public void close() {
    kubelets.values().forEach(Kubelet::close);
    kubelets.clear();
  }
}

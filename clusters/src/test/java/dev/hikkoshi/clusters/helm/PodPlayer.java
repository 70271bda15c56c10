package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.Trees;

/**
 * Plays the kubelet for pods of hooks, which no node runs here: an image whose name ends with
 * {@code ok} ends well, one with {@code fail} ends with code 3, and every other goes on for ever.
 */
final class PodPlayer implements AutoCloseable {

  private final KubeApi api;
  private final String node;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to play.
   *
   * @param node where pods run; empty leaves them on none
   */
  PodPlayer(KubeApi api, String node) {
    this.api = api;
    this.node = node;
    this.thread = Thread.ofVirtual().name("pods").start(this::play);
  }

  private void play() {
    while (!closed) {
      try {
        api.list("/api/v1/pods", "fieldSelector=status.phase%3DPending").items().forEach(this::end);
        Thread.sleep(100);
      } catch (KubeException _) {
        // The next round looks again.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void end(ObjectNode pod) {
    String image = pod.at("/spec/containers/0/image").asText();
    boolean good = image.endsWith("ok");
    if (!good && !image.endsWith("fail")) {
      return;
    }
    String path =
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText());
    if (!node.isEmpty() && pod.at("/spec/nodeName").asText().isEmpty()) {
      bind(path, pod.at("/metadata/name").asText());
    }
    ArrayNode operations = Trees.JSON.createArrayNode();
    ObjectNode status =
        operations.addObject().put("op", "add").put("path", "/status").putObject("value");
    status.put("phase", good ? "Succeeded" : "Failed");
    ObjectNode container = status.putArray("containerStatuses").addObject();
    container
        .put("name", pod.at("/spec/containers/0/name").asText())
        .put("image", image)
        .put("imageID", "")
        .put("ready", false)
        .put("restartCount", 0);
    container
        .putObject("state")
        .putObject("terminated")
        .put("exitCode", good ? 0 : 3)
        .put("reason", good ? "Completed" : "Error");
    api.patch(path + "/status", "kubelet", operations);
  }

  private void bind(String path, String name) {
    ObjectNode binding = Trees.object().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", name);
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    api.create(path + "/binding", "kubelet", binding);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

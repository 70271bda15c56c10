package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.RenderedHook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a failed hook, or a Job of a check, has to say: how its containers ended and, where that is
 * asked for (for a hook by {@code helm.sh/hook-output-log-policy: hook-failed}), the end of what
 * they printed. What stands in Secrets of the release, or in those that the pod reads, is masked;
 * where one of these cannot be read, nothing is shown.
 */
final class HookOutput {

  private static final int LINES = 20;
  private static final int BYTES = 2048;

  private final Connection cluster;

  HookOutput(Connection cluster) {
    this.cluster = cluster;
  }

  /** Sentences to append; empty when there is nothing to say. */
  String of(RenderedHook hook, ObjectKey key, List<ObjectNode> secrets) {
    return of(key, hook.outputLogPolicies().contains("hook-failed"), secrets);
  }

  /**
   * The same of any pod or Job.
   *
   * @param shown whether what was printed is shown
   */
  String of(ObjectKey key, boolean shown, List<ObjectNode> secrets) {
    Optional<LiveObject> last = lastPod(key);
    if (last.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode container : last.get().at("/status/containerStatuses")) {
      JsonNode ended = container.at("/state/terminated");
      if (ended.path("exitCode").asInt() != 0) {
        text.append(
            "; container %s of pod %s ended with code %d"
                .formatted(
                    container.path("name").asText(),
                    last.get().key().name(),
                    ended.path("exitCode").asInt()));
        if (shown) {
          text.append(printed(last.get(), container.path("name").asText(), secrets));
        }
      }
    }
    return text.toString();
  }

  private Optional<LiveObject> lastPod(ObjectKey key) {
    return cluster
        .live()
        .in(key.namespace(), "v1", "Pod")
        .filter(
            pod ->
                key.kind().equals("Pod")
                    ? pod.key().name().equals(key.name())
                    : pod.label("job-name").equals(Optional.of(key.name())))
        .max(Comparator.comparing(pod -> pod.at("/metadata/creationTimestamp").asText()));
  }

  private String printed(LiveObject pod, String container, List<ObjectNode> secrets) {
    try {
      Masking masking = new Masking(secrets);
      readBy(pod).forEach(masking::add);
      String said =
          cluster.api().output(pod.key().namespace(), pod.key().name(), container, LINES, BYTES);
      return said.isBlank() ? "" : ": " + masking.mask(said.strip());
    } catch (KubeException e) {
      return " (its output cannot be shown: " + e.getMessage() + ")";
    }
  }

  /** The Secrets that a pod reads. */
  private List<ObjectNode> readBy(LiveObject pod) {
    String pods = "/api/v1/namespaces/" + pod.key().namespace() + "/pods/" + pod.key().name();
    ObjectNode whole =
        cluster
            .api()
            .get(pods)
            .orElseThrow(() -> new KubeException(404, "NotFound", "the pod is gone"));
    List<ObjectNode> secrets = new ArrayList<>();
    for (String name : names(whole.path("spec"))) {
      String path = "/api/v1/namespaces/" + pod.key().namespace() + "/secrets/" + name;
      cluster.api().get(path).ifPresent(secrets::add);
    }
    return secrets;
  }

  private static Set<String> names(JsonNode spec) {
    Set<String> names = new TreeSet<>();
    for (String reference : List.of("secretKeyRef", "secretRef", "secret")) {
      for (JsonNode found : spec.findValues(reference)) {
        for (String field : List.of("name", "secretName")) {
          if (found.path(field).isTextual()) {
            names.add(found.path(field).asText());
          }
        }
      }
    }
    return names;
  }
}

package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.LiveLookup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers lookups from one cluster, reading only, and remembers what it answered. */
final class Lookups implements LiveLookup {

  private final Connection cluster;
  private final Map<Key, String> answers = new ConcurrentHashMap<>();

  Lookups(Connection cluster) {
    this.cluster = cluster;
  }

  @Override
  public Optional<ObjectNode> find(Key key) {
    Optional<ObjectNode> answer = ask(key);
    answers.put(key, fingerprint(answer));
    return answer;
  }

  /** Whether the cluster would answer everything as it did. */
  boolean stillTrue() {
    return answers.entrySet().stream()
        .allMatch(entry -> fingerprint(ask(entry.getKey())).equals(entry.getValue()));
  }

  private Optional<ObjectNode> ask(Key key) {
    return ask(cluster.api(), cluster.discovery(), key);
  }

  /** What a cluster answers to a lookup. */
  static Optional<ObjectNode> ask(KubeApi api, Discovery discovery, Key key) {
    Optional<Resource> resource = discovery.find(key.apiVersion(), key.kind());
    return resource.flatMap(
        r -> {
          String collection =
              key.namespace().isEmpty() && key.name().isEmpty()
                  ? r.everywhere()
                  : r.collection(key.namespace().isEmpty() ? "default" : key.namespace());
          return api.get(key.name().isEmpty() ? collection : collection + "/" + key.name());
        });
  }

  /** Without versions: a list's own changes with every write in the cluster. */
  private static String fingerprint(Optional<ObjectNode> answer) {
    return answer
        .map(
            tree -> {
              ObjectNode copy = tree.deepCopy();
              plain(copy);
              copy.path("items").forEach(Lookups::plain);
              return Trees.hash(Trees.canonical(copy));
            })
        .orElse("");
  }

  private static void plain(JsonNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("resourceVersion", "managedFields"));
    }
  }
}

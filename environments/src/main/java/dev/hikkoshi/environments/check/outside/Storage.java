package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Data that would stay behind in the old cluster. */
final class Storage implements Detector {

  /** Operators that keep data in volumes of their own making. */
  private static final Map<String, Set<String>> OPERATORS =
      Map.of(
          "postgresql.cnpg.io", Set.of("Cluster"),
          "acid.zalan.do", Set.of("postgresql"),
          "kafka.strimzi.io", Set.of("Kafka", "KafkaNodePool"),
          "elasticsearch.k8s.elastic.co", Set.of("Elasticsearch"),
          "pxc.percona.com", Set.of("PerconaXtraDBCluster"),
          "psmdb.percona.com", Set.of("PerconaServerMongoDB"),
          "k8ssandra.io", Set.of("K8ssandraCluster"),
          "rabbitmq.com", Set.of("RabbitmqCluster"));

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    if (OPERATORS.getOrDefault(Texts.group(object), Set.of()).contains(object.kind())) {
      found.always(EffectKind.STORAGE, object.kind() + " keeps data in the cluster");
      return;
    }
    switch (object.kind()) {
      case "PersistentVolumeClaim" -> found.always(EffectKind.STORAGE, "a volume" + size(object));
      case "PersistentVolume" ->
          found.always(
              EffectKind.STORAGE,
              "volume "
                  + Texts.text(object.tree(), "spec", "csi", "volumeHandle").orElse(object.name()));
      case "StatefulSet" -> {
        String claims =
            Texts.list(object.tree(), "spec", "volumeClaimTemplates").stream()
                .flatMap(c -> Texts.text(c, "metadata", "name").stream())
                .collect(Collectors.joining(", "));
        if (!claims.isEmpty()) {
          found.always(EffectKind.STORAGE, "volumes " + claims);
        }
      }
      default -> {
        // Keeps nothing.
      }
    }
  }

  private static String size(Manifest object) {
    return Texts.text(object.tree(), "spec", "resources", "requests", "storage")
        .map(s -> " of " + s)
        .orElse("");
  }
}

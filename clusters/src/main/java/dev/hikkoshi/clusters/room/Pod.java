package dev.hikkoshi.clusters.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** A pod as far as its place is concerned. */
record Pod(JsonNode tree) {

  String name() {
    return tree.at("/metadata/namespace").asText() + "/" + tree.at("/metadata/name").asText();
  }

  String node() {
    return tree.at("/spec/nodeName").asText();
  }

  /** It holds what it asked for on its node. */
  boolean running() {
    String phase = tree.at("/status/phase").asText();
    return !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  /** It ends with its node: one of a DaemonSet, or one that the node itself started. */
  boolean ofItsNode() {
    for (JsonNode owner : tree.at("/metadata/ownerReferences")) {
      if (owner.path("kind").asText().equals("DaemonSet")
          || owner.path("kind").asText().equals("Node")) {
        return true;
      }
    }
    return tree.at("/metadata/annotations").has("kubernetes.io/config.mirror");
  }

  /** What it asks for, itself as one of its node's pods included. */
  Amounts requests() {
    Amounts running = new Amounts(Map.of("pods", BigDecimal.ONE));
    for (JsonNode container : tree.at("/spec/containers")) {
      running = running.plus(asked(container));
    }
    Amounts beginning = Amounts.NONE;
    for (JsonNode container : tree.at("/spec/initContainers")) {
      if (container.path("restartPolicy").asText().equals("Always")) {
        running = running.plus(asked(container)); // a sidecar runs beside the others
      } else {
        beginning = beginning.most(asked(container));
      }
    }
    return running.most(beginning).plus(Amounts.read(tree.at("/spec/overhead")));
  }

  private static Amounts asked(JsonNode container) {
    return Amounts.read(container.at("/resources/requests"));
  }

  /** What else its place hangs on, which is not judged here; empty when nothing. */
  Optional<String> unjudged() {
    if (!tree.at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .isMissingNode()) {
      return Optional.of("node affinity");
    }
    for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
      if (!tree.at("/spec/affinity/" + kind + "/requiredDuringSchedulingIgnoredDuringExecution")
          .isEmpty()) {
        return Optional.of("required " + kind);
      }
    }
    for (JsonNode spread : tree.at("/spec/topologySpreadConstraints")) {
      if (!spread.path("whenUnsatisfiable").asText().equals("ScheduleAnyway")) {
        return Optional.of("a topology spread that must hold");
      }
    }
    for (JsonNode volume : tree.at("/spec/volumes")) {
      if (volume.has("persistentVolumeClaim") || volume.has("ephemeral")) {
        return Optional.of("a volume that may be bound to a zone");
      }
    }
    for (JsonNode container : tree.at("/spec/containers")) {
      for (JsonNode port : container.path("ports")) {
        if (port.path("hostPort").asInt() > 0) {
          return Optional.of("a port of its node");
        }
      }
    }
    return Optional.empty();
  }

  JsonNode selector() {
    return tree.at("/spec/nodeSelector");
  }

  boolean tolerates(JsonNode taint) {
    String effect = taint.path("effect").asText();
    if (effect.equals("PreferNoSchedule")) {
      return true;
    }
    for (JsonNode toleration : tree.at("/spec/tolerations")) {
      String its = toleration.path("effect").asText();
      boolean sameEffect = its.isEmpty() || its.equals(effect);
      String key = toleration.path("key").asText();
      boolean exists = toleration.path("operator").asText().equals("Exists");
      boolean sameKey = key.equals(taint.path("key").asText()) || (exists && key.isEmpty());
      boolean sameValue =
          exists || toleration.path("value").asText().equals(taint.path("value").asText());
      if (sameEffect && sameKey && sameValue) {
        return true;
      }
    }
    return false;
  }
}

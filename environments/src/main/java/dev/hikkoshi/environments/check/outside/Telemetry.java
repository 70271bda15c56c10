package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;

/** Agents that report under a fixed name of the cluster. */
final class Telemetry implements Detector {

  private static final List<String> VARIABLES =
      List.of("DD_CLUSTER_NAME", "NEW_RELIC_CLUSTER_NAME", "NRIA_CLUSTER_NAME");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    for (Pods.Container container : Pods.of(object).containers()) {
      for (String variable : VARIABLES) {
        String name = container.env().getOrDefault(variable, "");
        if (!name.isEmpty()) {
          found.claim(EffectKind.TELEMETRY, "reports as cluster " + name);
        }
      }
    }
    if (object.kind().equals("Prometheus") || object.kind().equals("PrometheusAgent")) {
      Texts.text(object.tree(), "spec", "externalLabels", "cluster")
          .ifPresent(name -> found.claim(EffectKind.TELEMETRY, "reports as cluster " + name));
    }
  }
}

package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PausesTest {

  private static final ReleaseId ID = new ReleaseId("jobs", "jobs");

  private static RenderedChart chart(String... objects) throws IOException {
    List<RenderedObject> rendered = new ArrayList<>();
    for (String object : objects) {
      rendered.add(new RenderedObject("t.yaml", (ObjectNode) Trees.JSON.readTree(object)));
    }
    return new RenderedChart(
        new RenderedChart.Chart("jobs", "1", ""),
        rendered,
        List.of(),
        List.of(),
        "",
        "",
        Trees.object(),
        List.of(),
        List.of());
  }

  private static JsonNode paused(ServingOnly word, String object) throws IOException {
    return Pauses.apply(chart(object), ID, word).objects().getFirst().object();
  }

  private static ServingOnly release(boolean runs) {
    return new ServingOnly(Set.of(ID), Set.of(), runs);
  }

  @Test
  void kedasScalerAndItsTargetArePausedTogether() throws IOException {
    // Given
    RenderedChart chart =
        chart(
            """
            {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"s"},
             "spec":{"scaleTargetRef":{"name":"worker"}}}
            """,
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"worker"},"spec":{}}
            """,
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"other"},"spec":{}}
            """);
    ServingOnly scaler =
        new ServingOnly(Set.of(), Set.of("keda.sh/v1alpha1/ScaledObject/jobs/s"), false);

    // When
    List<RenderedObject> objects = Pauses.apply(chart, ID, scaler).objects();

    // Then
    assertThat(
            objects
                .get(0)
                .object()
                .at("/metadata/annotations/autoscaling.keda.sh~1paused-replicas")
                .asText())
        .isEqualTo("0");
    assertThat(objects.get(1).object().at("/spec/replicas").asInt(-1)).isZero();
    assertThat(objects.get(2).object().at("/spec/replicas").isMissingNode()).isTrue();
  }

  @Test
  void anObjectIsMeantByItsPathAndNoOther() throws IOException {
    String job =
        """
        {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"a","namespace":"x"},"spec":{}}
        """;
    ServingOnly here = new ServingOnly(Set.of(), Set.of("batch/v1/CronJob/x/a"), false);
    ServingOnly there = new ServingOnly(Set.of(), Set.of("batch/v1/CronJob/jobs/a"), false);

    assertThat(paused(here, job).at("/spec/suspend").asBoolean()).isTrue();
    assertThat(paused(there, job).at("/spec/suspend").isMissingNode()).isTrue();
  }

  @Test
  void whereItMayRunNothingIsChanged() throws IOException {
    RenderedChart chart =
        chart("{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"a\"}}");

    assertThat(Pauses.apply(chart, ID, release(true))).isSameAs(chart);
    assertThat(Pauses.apply(chart, ID, ServingOnly.none())).isSameAs(chart);
    assertThat(Pauses.marked(Pauses.apply(chart, ID, release(false)).objects().getFirst().object()))
        .isTrue();
  }

  @Test
  void aKindThatCannotBePausedStaysAsItIs() throws IOException {
    String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";

    assertThat(Pauses.marked(paused(release(false), map))).isFalse();
  }
}

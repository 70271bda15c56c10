package dev.hikkoshi.clusters.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RoomSeen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the pods of a node group find another place. */
class RoomTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> nodes = new ArrayList<>();
  private final List<JsonNode> pods = new ArrayList<>();

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void node(String name, String group, String cpu, String memory, String spec) {
    nodes.add(
        tree(
            """
            {"metadata": {"name": "%s", "labels": {"eks.amazonaws.com/nodegroup": "%s", "role": "%s"}},
             "spec": {%s},
             "status": {"allocatable": {"cpu": "%s", "memory": "%s", "pods": "3"},
                        "conditions": [{"type": "Ready", "status": "True"}]}}
            """
                .formatted(name, group, group, spec, cpu, memory)));
  }

  private void pod(String name, String node, String cpu, String memory, String spec) {
    pods.add(
        tree(
            """
            {"metadata": {"namespace": "web", "name": "%s"},
             "spec": {"nodeName": "%s", %s
               "containers": [{"resources": {"requests": {"cpu": "%s", "memory": "%s"}}}]},
             "status": {"phase": "Running"}}
            """
                .formatted(name, node, spec.isEmpty() ? "" : spec + ",", cpu, memory)));
  }

  private Observation<RoomSeen> room() {
    return Room.of(nodes, pods, Set.of("old"));
  }

  private RoomSeen known() {
    return room().known().orElseThrow();
  }

  @Test
  void podsThatFindAPlaceFit() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "2", "4Gi", "");
    pod("one", "a", "500m", "1Gi", "");
    pod("two", "a", "1", "2Gi", "");

    // Then
    assertThat(known()).isEqualTo(new RoomSeen(true, "2 pods fit on 1 other nodes"));
  }

  @Test
  void whatRunsThereAlreadyTakesRoom() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "2", "4Gi", "");
    pod("there", "b", "1500m", "1Gi", "");
    pod("one", "a", "501m", "1Gi", "");

    // Then
    assertThat(known().fits()).isFalse();
    assertThat(known().sentence()).contains("no other node can take web/one", "free cpu");
  }

  @Test
  void aNodeTakesOnlySoManyPods() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "4", "8Gi", "");
    for (int i = 0; i < 4; i++) {
      pod("p" + i, "a", "100m", "64Mi", "");
    }

    // Then
    assertThat(known().sentence()).contains("free pods");
  }

  @Test
  void roomIsCountedNodeByNodeAndNotInSum() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "1", "8Gi", "");
    node("c", "new", "1", "8Gi", "");
    pod("large", "a", "1500m", "1Gi", "");

    // Then
    assertThat(known().fits()).isFalse();
  }

  @Test
  void aSelectorThatOnlyTheOldNodesMeetKeepsThem() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "4", "8Gi", "");
    pod("one", "a", "100m", "1Gi", "\"nodeSelector\": {\"role\": \"old\"}");

    // Then
    assertThat(known().sentence()).contains("label role=old");
  }

  @Test
  void aTaintWantsAToleration() {
    // Given
    String taint =
        "\"taints\": [{\"key\": \"gpu\", \"value\": \"yes\", \"effect\": \"NoSchedule\"}]";
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "4", "8Gi", taint);
    pod("one", "a", "100m", "1Gi", "");

    // Then
    assertThat(known().sentence()).contains("toleration of taint gpu");

    // When
    pods.clear();
    pod(
        "one",
        "a",
        "100m",
        "1Gi",
        "\"tolerations\": [{\"key\": \"gpu\", \"operator\": \"Exists\"}]");

    // Then
    assertThat(known().fits()).isTrue();
  }

  @Test
  void withoutAnotherNodeNothingFitsButNothingAlsoNeedsNoPlace() {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "4", "8Gi", "\"unschedulable\": true");
    pod("one", "a", "100m", "1Gi", "");

    // Then
    assertThat(known().sentence()).endsWith("there is none");

    // When
    pods.clear();

    // Then
    assertThat(known().fits()).isTrue();
  }

  @Test
  void podsOfADaemonSetEndWithTheirNode() {
    // Given
    node("a", "old", "4", "8Gi", "");
    pods.add(
        tree(
            """
            {"metadata": {"namespace": "kube-system", "name": "aws-node-x",
                          "ownerReferences": [{"kind": "DaemonSet"}]},
             "spec": {"nodeName": "a"}, "status": {"phase": "Running"}}
            """));

    // Then
    assertThat(known().fits()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"affinity\": {\"nodeAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\": {}}}",
        "\"affinity\": {\"podAntiAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\": [{}]}}",
        "\"topologySpreadConstraints\": [{\"whenUnsatisfiable\": \"DoNotSchedule\"}]",
        "\"volumes\": [{\"persistentVolumeClaim\": {\"claimName\": \"data\"}}]"
      })
  void whatCannotBeJudgedIsUnknown(String spec) {
    // Given
    node("a", "old", "4", "8Gi", "");
    node("b", "new", "4", "8Gi", "");
    pod("one", "a", "100m", "1Gi", spec);

    // Then
    assertThat(room())
        .isInstanceOfSatisfying(
            Unknown.class, gap -> assertThat(gap.why()).contains("web/one", "not judged"));
  }
}

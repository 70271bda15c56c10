package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class LiveObjectsTest {

  private static ObjectNode pod(String annotation) {
    ObjectNode pod = Trees.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "web").putObject("annotations").put(annotation, "web");
    pod.putObject("spec").putArray("containers").addObject().put("name", "app");
    return pod;
  }

  @Test
  void ofAPodOfAWorkloadOnlyWhoItIsAndHowItDoesIsKept() {
    // When
    ObjectNode kept = LiveObjects.podEssence(pod("kubernetes.io/restartedAt"));

    // Then
    assertThat(kept.has("spec")).isFalse();
    assertThat(kept.at("/metadata").has("annotations")).isFalse();
    assertThat(kept.at("/metadata/name").asText()).isEqualTo("web");
  }

  @Test
  void aPodThatAReleaseBringsItselfIsKeptWhole() {
    // When
    ObjectNode kept = LiveObjects.podEssence(pod("meta.helm.sh/release-name"));

    // Then
    assertThat(kept).isEqualTo(pod("meta.helm.sh/release-name"));
  }
}

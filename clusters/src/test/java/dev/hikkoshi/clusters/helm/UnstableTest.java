package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.helm.Unstable.Recorded;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.RenderedObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnstableTest {

  private static final String PATH = "v1/Secret/db";

  private static ObjectNode secret(String field, String value) {
    ObjectNode object = Trees.object().put("apiVersion", "v1").put("kind", "Secret");
    object.putObject("metadata").put("name", "db");
    object.putObject(field).put("password", value).put("user", "ann");
    return object;
  }

  private static List<RenderedObject> rendered(String value, String... unstable) {
    return List.of(new RenderedObject("t.yaml", secret("data", value), List.of(unstable)));
  }

  @Test
  void theHashLeavesOutWhatChangesByItself() {
    // When
    String one = Unstable.hash(rendered("a", "/data/password"), Map.of());
    String other = Unstable.hash(rendered("b", "/data/password"), Map.of());

    // Then
    assertThat(one).isEqualTo(other).isNotEqualTo(Unstable.hash(rendered("a"), Map.of()));
  }

  @Test
  void aValueThatBecameStableIsTheSameOnlyIfItIsTheRecordedOne() {
    // Given
    String recordedHash = Unstable.hash(rendered("made", "/data/password"), Map.of());
    Map<String, Recorded> recorded =
        Map.of(PATH, new Recorded(secret("data", "made"), List.of("/data/password")));

    // When
    String lookedUp = Unstable.hash(rendered("made"), recorded);
    String setInGit = Unstable.hash(rendered("chosen"), recorded);

    // Then
    assertThat(lookedUp).isEqualTo(recordedHash);
    assertThat(setInGit).isNotEqualTo(recordedHash);
  }

  @Test
  void theLiveValueIsKeptAlsoWhereTheChartWritesText() {
    // Given
    RenderedObject fresh =
        new RenderedObject("t.yaml", secret("stringData", "new"), List.of("/stringData/password"));
    ObjectNode live = secret("data", "b2xk");

    // When
    List<RenderedObject> kept = Unstable.kept(List.of(fresh), Map.of(), _ -> Optional.of(live));

    // Then
    assertThat(kept.getFirst().object().at("/stringData/password").asText()).isEqualTo("old");
    assertThat(fresh.object().at("/stringData/password").asText()).isEqualTo("new");
  }

  @Test
  void aDeletedObjectComesBackWithTheRecordedValue() {
    // Given
    Map<String, Recorded> recorded =
        Map.of(PATH, new Recorded(secret("data", "made"), List.of("/data/password")));

    // When
    List<RenderedObject> kept =
        Unstable.kept(rendered("new", "/data/password"), recorded, _ -> Optional.empty());

    // Then
    assertThat(kept.getFirst().object().at("/data/password").asText()).isEqualTo("made");
  }

  @Test
  void theAnnotationNamesFieldsAndNoValues() {
    // When
    String text = Unstable.text(rendered("geheim", "/data/password"));

    // Then
    assertThat(text).isEqualTo("{\"v1/Secret/db\":[\"/data/password\"]}");
  }
}

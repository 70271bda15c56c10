package dev.hikkoshi.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldChangesTest {

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> between(String before, String after) {
    return FieldChanges.between(json(before), json(after)).stream()
        .map(FieldChanges.Field::toString)
        .toList();
  }

  @Test
  void fieldsAreNamedByPathAndItemsByTheirName() {
    // Given
    String before =
        "{'kind': 'Deployment', 'spec': {'replicas': 1, 'old': true, 'containers': [{'name': 'web', 'image': 'a'}]}}";
    String after =
        "{'kind': 'Deployment', 'spec': {'replicas': 2, 'new.field': [], 'containers': [{'name': 'side', 'image': 'c'}, {'name': 'web', 'image': 'b'}]}}";

    // When
    List<String> changes = between(before, after);

    // Then
    assertThat(changes)
        .containsExactly(
            "~ spec.containers[web].image: \"a\" → \"b\"",
            "+ spec.containers[side]: {\"name\":\"side\",\"image\":\"c\"}",
            "+ spec[\"new.field\"]: []",
            "- spec.old: true",
            "~ spec.replicas: 1 → 2");
  }

  @Test
  void valuesOfASecretAreNeverShown() {
    // When
    List<String> changes =
        between(
            "{'kind': 'Secret', 'data': {'a': 'c2VjcmV0', 'gone': 'eA=='}}",
            "{'kind': 'Secret', 'data': {'a': 'b3RoZXI=', 'fresh': 'eQ=='}, 'stringData': {'b': 'plain'}, 'type': 'Opaque'}");

    // Then
    assertThat(changes)
        .containsExactly(
            "~ data.a: ***** → *****",
            "+ data.fresh: *****",
            "- data.gone: *****",
            "+ stringData: *****",
            "+ type: \"Opaque\"");
  }

  @Test
  void equalObjectsHaveNoChanges() {
    assertThat(between("{'a': [1, {'name': 'x'}]}", "{'a': [1, {'name': 'x'}]}")).isEmpty();
  }
}

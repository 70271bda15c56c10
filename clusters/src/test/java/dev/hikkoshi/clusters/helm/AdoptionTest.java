package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdoptionTest {

  private static JsonNode object(String managers) throws JsonProcessingException {
    return new YAMLMapper()
        .readTree("{metadata: {resourceVersion: '7', managedFields: [%s]}}".formatted(managers));
  }

  @Test
  void clientSideFieldsJoinThoseAppliedByUs() throws JsonProcessingException {
    // Given
    JsonNode object =
        object(
            """
            {manager: helm, operation: Update, fieldsV1: {'f:data': {'f:a': {}, 'f:old': {}}}},
            {manager: helm, operation: Apply, fieldsV1: {'f:data': {'f:a': {}, 'f:b': {}}}},
            {manager: kube-controller-manager, operation: Update, subresource: status, fieldsV1: {}}
            """);

    // When
    ArrayNode patch = Adoption.patch(object).orElseThrow();

    // Then
    JsonNode entries = patch.get(0).get("value");
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).path("manager").asText()).isEqualTo("kube-controller-manager");
    assertThat(entries.get(1).path("operation").asText()).isEqualTo("Apply");
    assertThat(entries.get(1).at("/fieldsV1/f:data").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("f:a", "f:b", "f:old");
    assertThat(patch.get(1).get("value").asText()).isEqualTo("7");
  }

  @Test
  void otherManagersAreLeftAlone() throws JsonProcessingException {
    // Given
    JsonNode object =
        object(
            """
            {manager: kubectl-edit, operation: Update, fieldsV1: {'f:data': {'f:a': {}}}},
            {manager: helm, operation: Update, subresource: status, fieldsV1: {}},
            {manager: helm, operation: Apply, fieldsV1: {}}
            """);

    // When
    Optional<ArrayNode> patch = Adoption.patch(object);

    // Then
    assertThat(patch).isEmpty();
  }
}

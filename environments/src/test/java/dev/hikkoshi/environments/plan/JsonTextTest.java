package dev.hikkoshi.environments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void keysAreSortedAndListsKeepTheirOrder() {
    // Given
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("Weight", 100);
    value.put("Alias", Map.of());
    value.put("Records", List.of("b", "a", List.of(), Map.of("Value", true)));

    // Then
    assertThat(JsonText.of(value))
        .isEqualTo("{\"Alias\":{},\"Records\":[\"b\",\"a\",[],{\"Value\":true}],\"Weight\":100}");
  }

  @Test
  void whatEndsATextOrALineIsEscaped() {
    // Given
    String text = "say \"no\", C:\\ \n\u007f é";

    // Then
    assertThat(JsonText.of(text)).isEqualTo("\"say \\\"no\\\", C:\\\\ \\u000a\\u007f é\"");
  }
}

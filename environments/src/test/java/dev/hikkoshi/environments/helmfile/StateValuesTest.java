package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** helmfile's two ways to lay values over each other, row by row of its rules. */
class StateValuesTest {

  private static Map<String, Object> values(String flow) {
    Problems problems = new Problems();
    byte[] text = flow.getBytes(StandardCharsets.UTF_8);
    return Yaml.one("f", text, problems)
        .flatMap(node -> PlainValues.map().read(node, problems))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: {b: 1, c: 2}} | {a: {c: 3}}    | {a: {b: 1, c: 3}}",
        "{a: [1, 2]}       | {a: [3]}       | {a: [3]}",
        "{a: true}         | {a: false}     | {a: false}",
        "{a: 1}            | {a: 0}         | {a: 0}",
        "{a: x}            | {a: ''}        | {a: ''}",
        "{a: x}            | {a: null}      | {a: null}",
        "{a: {b: 1}}       | {a: x}         | {a: x}"
      })
  void entriesOfOneListOverride(String below, String above, String merged) {
    assertThat(StateValues.override(values(below), values(above))).isEqualTo(values(merged));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: {b: 1, c: 2}} | {a: {c: 3}}       | {a: {b: 1, c: 3}}",
        "{a: [1, 2]}       | {a: [3]}          | {a: [3]}",
        "{a: [1, 2, 3]}    | {a: [9, null]}    | {a: [9, 2, 3]}",
        "{a: [{b: 1}]}     | {a: [{c: 2}, ~]}  | {a: [{b: 1, c: 2}, null]}",
        "{a: 1}            | {a: null, b: ~}   | {a: 1, b: null}",
        "{a: true}         | {a: false}        | {a: false}"
      })
  void environmentsLieOverDefaults(String below, String above, String merged) {
    assertThat(StateValues.layer(values(below), values(above))).isEqualTo(values(merged));
  }
}

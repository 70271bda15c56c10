package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** What the environment may say instead of a flag. */
class VariablesTest {

  @Test
  void whereAndHowMayStandInAVariable() {
    // Given
    Variables variables = new Variables(Map.of("HIKKOSHI_CLUSTER_CONTEXT", "shop"));

    // Then
    assertThat(variables.defaultValue(option("--cluster-context"))).isEqualTo("shop");
    assertThat(variables.defaultValue(option("--namespace"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--accept-weights",
        "--check",
        "--force",
        "--reason",
        "--run-once-anyway",
        "--step",
        "--take-back",
        "--try-again",
        "--until",
        "--yes"
      })
  void whatAnOrderDoesIsSaidEachTime(String flag) {
    // Given
    OptionSpec option = option(flag);
    Variables variables = new Variables(Map.of(Variables.name(option), "true"));

    // Then
    assertThat(variables.defaultValue(option)).isNull();
  }

  private static OptionSpec option(String flag) {
    return OptionSpec.builder(flag).build();
  }
}

package dev.hikkoshi.environments.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.environments.mutants.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed goes on where it was, and only with the code it began with. */
class MutantsFileTest {

  private static final Mutation ONE =
      new Mutation(
          "dev.hikkoshi.environments.plan.Planner",
          "plan",
          "()V",
          List.of(3, 4),
          "NEGATE",
          33,
          "negated conditional");
  private static final Mutation OTHER =
      new Mutation(ONE.type(), "act", "()I", List.of(1), "MATH", 40, "a\nb  c");
  private static final Verdict BROKE = new Verdict(Kind.SIMULATOR, "seed 1: broke a rule");

  @TempDir private Path folder;

  @Test
  void verdictsAreReadAsTheyWereWritten() throws IOException {
    // Given
    MutantsFile file = file("c0de");
    file.read();

    // When
    file.add(ONE, BROKE);
    file.add(OTHER, Verdict.nobody());

    // Then
    assertThat(file("c0de").read()).isEqualTo(Map.of(ONE, BROKE, OTHER, Verdict.nobody()));
  }

  @Test
  void aLineThatWasBeingWrittenIsNoVerdict() throws IOException {
    // Given
    MutantsFile file = file("c0de");
    file.read();
    file.add(ONE, BROKE);

    // When
    Files.writeString(
        folder.resolve("verdicts"),
        "dev.hikkoshi.environments.plan.Planner\tpl",
        StandardOpenOption.APPEND);

    // Then
    assertThat(file.read()).isEqualTo(Map.of(ONE, BROKE));
    file.add(OTHER, Verdict.nobody());
    assertThat(file.read()).isEqualTo(Map.of(ONE, BROKE, OTHER, Verdict.nobody()));
  }

  @Test
  void verdictsOnOtherCodeAreRefused() throws IOException {
    // Given
    file("c0de").read();

    // When, Then
    assertThatThrownBy(() -> file("0ther").read()).hasMessageContaining("name another file");
  }

  private MutantsFile file(String head) {
    return new MutantsFile(folder.resolve("verdicts"), head);
  }
}

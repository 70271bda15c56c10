package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody may commit without taking the controller's memory or log. */
class BoundsTest {

  private static final String FILE = "shop/environment.yaml";

  private static List<Problem> problems(TextTree tree) {
    return ((Reading.Bad) tree.read().getFirst()).problems();
  }

  @Test
  void aHugeFileIsNotParsed() {
    // Given
    TextTree tree = TextTree.in("shop").with(FILE, "a: " + "x".repeat(2 << 20));

    // Then
    assertThat(problems(tree)).singleElement().asString().contains("bytes");
  }

  @Test
  void tenThousandProblemsAreAHundredAndACount() {
    // Given
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      keys.append("k").append(i).append(": 1\n");
    }

    // When
    List<Problem> problems = problems(TextTree.in("shop").with(FILE, keys.toString()));

    // Then
    assertThat(problems).hasSize(101);
    assertThat(problems).extracting(Problem::message).anyMatch(m -> m.contains("more problems"));
  }

  @Test
  void whatATerminalWouldObeyIsNotPrinted() {
    // Given
    TextTree tree =
        TextTree.in("shop").with(FILE, "\"\\e[2J\": 1\nmode: \"\u202Eevil\" # \u202E\n");

    // When
    String printed = problems(tree).toString();

    // Then
    assertThat(printed).doesNotContain("\u001B", "\u202E");
  }

  @Test
  void linesOfValuesAreNeverShown() {
    // Given
    TextTree tree =
        TextTree.in("shop")
            .with(
                "shop/helmfile.yaml",
                """
                releases:
                  - name: web
                    chart: ./chart
                    values: [{since: 2026-11-24, password: hunter2}]
                """);

    // When
    List<Problem> problems = problems(tree);

    // Then
    assertThat(problems).isNotEmpty();
    assertThat(problems.toString()).doesNotContain("hunter2");
  }
}

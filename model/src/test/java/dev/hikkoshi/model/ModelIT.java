package dev.hikkoshi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model of move, return, leadership and deletion holds, and each of its guards is needed. */
final class ModelIT {

  private static final String MUST_FAIL = "\\* Must fail: ";

  @TempDir Path work;

  static Stream<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Tlc.folder())) {
      return files.filter(f -> f.toString().endsWith(".cfg")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void theModelHoldsAndFailsWithoutAnyOfItsGuards(Path configuration) throws Exception {
    // Given
    String first = Files.readAllLines(configuration).getFirst();

    // When
    Tlc said = Tlc.check(configuration, work);

    // Then
    if (first.startsWith(MUST_FAIL)) {
      assertThat(said.exit()).as(said.output()).isIn(12, 13);
      assertThat(said.output()).contains(first.substring(MUST_FAIL.length())).contains("violated");
    } else {
      assertThat(said.exit()).as(said.output()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("guards")
  void everyGuardIsLeftOutOnce(String guard) throws Exception {
    // Given
    String off = guard + " = FALSE";

    // When
    try (Stream<Path> all = configurations()) {
      // Then
      assertThat(all.filter(f -> f.getFileName().toString().startsWith("without-")))
          .as("a configuration without %s", guard)
          .anySatisfy(f -> assertThat(Files.readString(f)).contains(off));
    }
  }

  /** The constants of the model that have a rule beside them, but for the faults. */
  static Stream<String> guards() throws IOException {
    return Files.readString(Tlc.folder().resolve("Move.tla"))
        .lines()
        .dropWhile(line -> !line.equals("CONSTANTS"))
        .takeWhile(line -> !line.equals("VARIABLES"))
        .filter(line -> line.matches("  \\w+,? +\\\\\\* (rule \\d+:|what is about).*"))
        .map(line -> line.strip().replaceAll(",? .*", ""));
  }
}

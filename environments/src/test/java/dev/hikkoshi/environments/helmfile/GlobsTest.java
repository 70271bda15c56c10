package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of paths, as Go has them. */
class GlobsTest {

  @ParameterizedTest
  @CsvSource({
    "*.yaml,        a.yaml b.yaml",
    "a*,            a.yaml abc.txt",
    "*b*c*.t?t,     abc.txt",
    "[ab].yaml,     a.yaml b.yaml",
    "[^a]*.*l,      b.yaml",
    "*a*.*a*l,      a.yaml",
    "**.yaml,       a.yaml b.yaml",
    "*c,            ''"
  })
  void aStarTakesWhatGosDoes(String pattern, String files) {
    // Given
    StateTree tree = StateTree.empty();
    for (String file : List.of("a.yaml", "abc.txt", "b.yaml")) {
      tree = tree.with("v/" + file, "%s: {}\n".formatted(file.replace('.', '_')));
    }

    // When
    List<String> found =
        new Globs(new SourceFiles(tree, "", new Problems()), new Problems())
            .expand("v", pattern, Place.of("helmfile.yaml"))
            .orElseThrow();

    // Then
    assertThat(found)
        .isEqualTo(
            Stream.of(files.split(" ")).filter(f -> !f.isEmpty()).map("v/"::concat).toList());
  }

  @Test
  void aPatternThatCouldBeTriedInMoreWaysThanThereIsTimeForEnds() {
    // Given
    StateTree tree = StateTree.empty().with("v/" + "a".repeat(300), "");

    // When
    List<String> found =
        new Globs(new SourceFiles(tree, "", new Problems()), new Problems())
            .expand("v", "*a".repeat(60) + "b", Place.of("helmfile.yaml"))
            .orElseThrow();

    // Then
    assertThat(found).isEmpty();
  }
}

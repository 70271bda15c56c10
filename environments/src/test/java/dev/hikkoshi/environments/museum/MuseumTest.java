package dev.hikkoshi.environments.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.environments.museum.Exhibit.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exhibits fit the source as it is; that the simulator finds them is {@code evidence/museum}. */
class MuseumTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path EXHIBITS = Path.of("src/test/museum");

  static List<Exhibit> exhibits() throws IOException {
    return Exhibit.in(EXHIBITS);
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void everyExhibitFitsTheSource(Exhibit exhibit) throws IOException {
    for (Edit edit : exhibit.edits()) {
      // Given
      String source =
          Files.readString(SOURCES.resolve("dev/hikkoshi/environments").resolve(edit.file()));

      // When, Then
      assertThat(edit.on(source)).isNotEqualTo(source);
    }
  }

  @Test
  void thereAreAtLeastFifteen() throws IOException {
    // Given, When, Then
    assertThat(exhibits()).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void anExhibitIsCompiledAndHunted(@TempDir Path out) throws IOException {
    // Given
    Exhibit exhibit =
        exhibits().stream()
            .filter(e -> e.name().equals("both-weights-five"))
            .findFirst()
            .orElseThrow();

    // When
    String found;
    try (Altered altered = Altered.of(exhibit, SOURCES, out)) {
      found = altered.hunt(64, 2);
    }

    // Then
    assertThat(found).matches(text -> exhibit.foundAs().matcher(text).find());
  }

  @Test
  void whatIsNotThereIsNoExhibit() {
    // Given
    Edit edit = new Edit("plan/Course.java", "not there\n", "\n");

    // When, Then
    assertThatThrownBy(() -> edit.on("something else\n"))
        .hasMessageContaining("what is to be changed is not there");
  }
}

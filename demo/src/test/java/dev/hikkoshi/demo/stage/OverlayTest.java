package dev.hikkoshi.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final Path SAMPLE =
      Path.of(System.getProperty("hikkoshi.root", ".."), "docs/sample/shop/environment.yaml");

  @Test
  void theSampleHasEveryLineThatIsChanged() throws IOException {
    // Given
    String sample = Files.readString(SAMPLE);
    // When
    String changed = Overlay.twoSteps().on(sample);
    // Then
    for (Overlay.Change change : Overlay.twoSteps().changes()) {
      assertThat(changed).contains(change.after()).doesNotContain(change.before());
    }
    assertThat(changed.lines().count()).isEqualTo(sample.lines().count());
  }

  @Test
  void aLineThatIsNotThereOnceIsNoSilentDifference() {
    Overlay overlay = new Overlay(List.of(new Overlay.Change("soak: 24h", "soak: 4s")), Map.of());
    assertThatThrownBy(() -> overlay.on("soak: 12h")).isInstanceOf(DemoException.class);
    assertThatThrownBy(() -> overlay.on("soak: 24h\nsoak: 24h")).isInstanceOf(DemoException.class);
  }
}

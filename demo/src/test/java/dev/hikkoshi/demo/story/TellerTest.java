package dev.hikkoshi.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.demo.story.Teller.Tone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellerTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutATerminalThereAreOnlyLines() {
    // Given
    try (Teller teller = new Teller(out, () -> Instant.EPOCH, false, false)) {
      teller.showBelow(() -> List.of("below"));
      // When
      teller.say(Tone.GOOD, "merge", "c0ffee1");
    }
    // Then
    assertThat(printed()).isEqualTo("00:00  merge      c0ffee1\n");
  }

  @Test
  void onATerminalWhatIsBelowIsDrawnAgainAfterEachLine() {
    // Given
    try (Teller teller = new Teller(out, () -> Instant.EPOCH, true, true)) {
      teller.showBelow(() -> List.of("b".repeat(500)));
      // When
      teller.line(Tone.BAD, "lost");
    }
    // Then
    assertThat(printed()).contains("\u001b[31mlost\u001b[0m").contains("b".repeat(100));
    assertThat(printed()).doesNotContain("b".repeat(101));
    assertThat(printed()).endsWith("\u001b[1A\r\u001b[J");
  }
}

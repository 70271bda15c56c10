package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What becomes of output that nobody can take. */
class DataWriterTest {

  private static DataWriter failing(String why) {
    return new DataWriter(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(why);
          }
        });
  }

  @Test
  void aFullDiskIsRemembered() {
    // Given
    DataWriter out = failing("No space left on device");

    // When
    out.println("half a document");

    // Then
    assertThat(out.failure()).contains("No space left on device");
  }

  @Test
  void whoeverReadEnoughIsNoFailure() {
    // Given
    DataWriter out = failing("Broken pipe");

    // When
    out.println("a line for head");

    // Then
    assertThat(out.failure()).isEmpty();
  }

  @Test
  void wordsArriveAsUtf8() {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataWriter out = new DataWriter(bytes);

    // When
    out.print("▶ 引っ越し");

    // Then
    assertThat(out.failure()).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("▶ 引っ越し");
  }
}

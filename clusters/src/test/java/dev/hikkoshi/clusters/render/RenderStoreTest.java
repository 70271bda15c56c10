package dev.hikkoshi.clusters.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what is kept lies on the disk. */
class RenderStoreTest {

  @TempDir Path folder;

  private RenderStore store() {
    return new RenderStore(folder, 1L << 20, InstantSource.system());
  }

  @Test
  void whatFitsIntoABlockIsNotPackedAndIsReadBack() throws IOException {
    // Given
    byte[] content = "kind: ConfigMap\n".getBytes(UTF_8);

    // When
    store().keepBytes("a", content);

    // Then
    assertThat(new String(Files.readAllBytes(folder.resolve("a")), UTF_8))
        .contains("kind: ConfigMap");
    assertThat(store().findBytes("a")).contains(content);
  }

  @Test
  void whatIsLongerIsPackedAndIsReadBack() throws IOException {
    // Given
    byte[] content = "kind: ConfigMap\n".repeat(1_000).getBytes(UTF_8);

    // When
    store().keepBytes("a", content);

    // Then
    assertThat(Files.size(folder.resolve("a"))).isLessThan(content.length / 4);
    assertThat(store().findBytes("a")).contains(content);
  }

  @Test
  void nothingIsSomethingToo() {
    // When
    store().keepText("a", "");

    // Then
    assertThat(store().findText("a")).contains("");
  }

  @Test
  void aDamagedFileIsNoHitAndGoes() throws IOException {
    // Given
    store().keepText("a", "kind: ConfigMap\n");
    byte[] damaged = Files.readAllBytes(folder.resolve("a"));
    damaged[3]++;
    Files.write(folder.resolve("a"), damaged);

    // Then
    assertThat(store().findText("a")).isEmpty();
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void aFileAsItWasWrittenBeforeIsNoHit() throws IOException {
    // Given
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(file)) {
      out.write("kind: ConfigMap\n".getBytes(UTF_8));
    }
    CRC32C sum = new CRC32C();
    sum.update(file.toByteArray());
    file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    Files.write(folder.resolve("a"), file.toByteArray());

    // Then
    assertThat(store().findText("a")).isEmpty();
  }
}

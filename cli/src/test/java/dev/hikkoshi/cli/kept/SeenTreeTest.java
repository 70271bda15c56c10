package dev.hikkoshi.cli.kept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a tree is asked by a command that remembers what it saw. */
class SeenTreeTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T01:02:03Z"));

  private final List<String> asked = new ArrayList<>();
  private final SeenTree seen = new SeenTree(new Changing(), Path.of("/nowhere"), CLOCK);

  @Test
  void aFileIsReadOnceAndStaysWhatItWas() {
    // When
    byte[] first = seen.read("a.yaml").orElseThrow();
    byte[] second = seen.read("a.yaml").orElseThrow();

    // Then
    assertThat(second).isSameAs(first);
    assertThat(asked).containsExactly("a.yaml");
  }

  @Test
  void whatIsNotThereIsLookedForOnce() {
    // When
    Optional<byte[]> first = seen.read("missing.yaml");
    Optional<byte[]> second = seen.read("missing.yaml");

    // Then
    assertThat(first).isEmpty();
    assertThat(second).isEmpty();
    assertThat(asked).containsExactly("missing.yaml");
  }

  @Test
  void whatIsRefusedIsRefusedEachTime() {
    // When, Then
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(FileTreeException.class)
          .isThrownBy(() -> seen.read("refused.yaml"));
    }
  }

  /** Each answer is another one. */
  private final class Changing implements FileTree {

    @Override
    public String commit() {
      return "working-tree";
    }

    @Override
    public Optional<byte[]> read(String path) {
      asked.add(path);
      return switch (path) {
        case "missing.yaml" -> Optional.empty();
        case "refused.yaml" -> throw new FileTreeException(path, "refused");
        default -> Optional.of(("content " + asked.size()).getBytes(UTF_8));
      };
    }

    @Override
    public List<String> files(String directory) {
      return List.of();
    }
  }
}

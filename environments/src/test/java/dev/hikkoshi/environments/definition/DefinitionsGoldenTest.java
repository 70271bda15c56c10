package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.helmfile.LookupTemplates;
import dev.hikkoshi.environments.port.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder under {@code definition/} is a case: {@code in/} is the repository, {@code
 * expected.txt} what is read of it. {@code -Dgolden.write=true} writes the expectations anew; then
 * look at the difference before you commit it.
 */
class DefinitionsGoldenTest {

  private static final Path CASES = Path.of("src/test/resources/definition");
  private static final Set<String> PARTS = Set.of("in", "expected.txt", "trouble.txt");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAsExpected(String name) throws IOException {
    // Given
    Path folder = CASES.resolve(name);

    // When
    String read =
        Shown.text(
            Definitions.read(
                new DiskTree(folder.resolve("in")), "", new LookupTemplates(), Secrets.NONE));

    // Then
    Path expected = folder.resolve("expected.txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(expected, read);
    }
    assertThat(read).isEqualTo(DiskTree.text(expected));
  }

  @Test
  void everyFileOfACaseIsUsed() throws IOException {
    // Given
    Set<String> unused = new TreeSet<>();

    // When
    for (String name : cases().toList()) {
      try (Stream<Path> parts = Files.list(CASES.resolve(name))) {
        List<String> names = parts.map(p -> p.getFileName().toString()).toList();
        names.stream().filter(n -> !PARTS.contains(n)).forEach(n -> unused.add(name + "/" + n));
        assertThat(names).as(name).contains("in", "expected.txt");
      }
    }

    // Then
    assertThat(unused).isEmpty();
  }

  @Test
  void casesAreManyAndOfBothKinds() throws IOException {
    // Given
    List<String> all = cases().toList();

    // When
    long good = 0;
    for (String name : all) {
      good +=
          DiskTree.text(CASES.resolve(name).resolve("expected.txt")).startsWith("good ") ? 1 : 0;
    }

    // Then
    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(good).isGreaterThanOrEqualTo(5).isLessThan(all.size() - 20);
  }
}

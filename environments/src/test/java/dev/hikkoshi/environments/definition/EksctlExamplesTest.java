package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.environments.reading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * eksctl's own examples: what they say is read or refused by name, and never unknown. Their folder
 * is named by {@code HIKKOSHI_EKSCTL_EXAMPLES}, because they are not ours to copy.
 */
class EksctlExamplesTest {

  @Test
  void everyKeyOfEveryExampleIsKnown() throws IOException {
    // Given
    String folder = System.getenv("HIKKOSHI_EKSCTL_EXAMPLES");
    assumeTrue(folder != null, "HIKKOSHI_EKSCTL_EXAMPLES names no folder of examples");
    List<String> unknown = new ArrayList<>();
    int files = 0;

    // When
    try (Stream<Path> examples = Files.list(Path.of(String.valueOf(folder)))) {
      for (Path example : examples.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        files++;
        TextTree tree = TextTree.in("shop").with("shop/cluster.yaml", Files.readString(example));
        switch (tree.read().getFirst()) {
          case Reading.Good _ -> {}
          case Reading.Bad bad ->
              bad.problems().stream()
                  .filter(p -> p.message().contains("unknown key"))
                  .map(Problem::oneLine)
                  .map(line -> example.getFileName() + " " + line)
                  .forEach(unknown::add);
        }
      }
    }

    // Then
    assertThat(files).isGreaterThan(10);
    assertThat(unknown).isEmpty();
  }
}

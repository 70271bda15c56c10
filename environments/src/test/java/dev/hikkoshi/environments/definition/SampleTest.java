package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.helmfile.LookupTemplates;
import dev.hikkoshi.environments.port.Secrets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample that people copy is one that is read. */
class SampleTest {

  @Test
  void theSampleRepositoryIsGood() {
    // Given
    DiskTree sample = new DiskTree(Path.of("../docs/sample"));

    // When
    List<Reading> readings = Definitions.read(sample, "", new LookupTemplates(), Secrets.NONE);

    // Then
    assertThat(readings).as(Shown.text(readings)).hasOnlyElementsOfType(Reading.Good.class);
    assertThat(readings).extracting(Reading::folder).containsExactly("shop");
  }
}

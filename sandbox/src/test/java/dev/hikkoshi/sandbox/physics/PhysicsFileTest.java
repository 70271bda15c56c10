package dev.hikkoshi.sandbox.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhysicsFileTest {

  @TempDir Path directory;

  @Test
  void changesWhatIsNamedAndKeepsTheBase() throws IOException {
    Physics physics = read("base: fast\ncreating: 90s\ninsync: 250ms\n");

    assertThat(physics.creating()).isEqualTo(Duration.ofSeconds(90));
    assertThat(physics.insync()).isEqualTo(Duration.ofMillis(250));
    assertThat(physics.aliasTtl()).isEqualTo(Physics.fast().aliasTtl());
  }

  @Test
  void beginsFromAwsIfNoBaseIsNamed() throws IOException {
    assertThat(read("creating: 1m\n").metricPeriod()).isEqualTo(Physics.aws().metricPeriod());
  }

  @Test
  void refusesUnknownKeysAndUnits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("aliasTTL: 1s\n"))
        .withMessageContaining("aliasTTL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("creating: 5\n"))
        .withMessageContaining("500ms, 30s, 8m");
    assertThatIllegalArgumentException().isThrownBy(() -> read("base: slow\n"));
  }

  private Physics read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("physics.yaml"), yaml);
    return PhysicsFile.read(file.toString());
  }
}

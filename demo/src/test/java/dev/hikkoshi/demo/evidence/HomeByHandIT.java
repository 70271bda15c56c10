package dev.hikkoshi.demo.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.testing.PythonTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The way home without Hikkoshi from a few instants; {@code evidence/home-by-hand} asks fifty. */
class HomeByHandIT {

  private static final List<String> AWS = List.of("awscli==1.46.3");
  private static final int TIMES = 3;

  @Test
  void whatStatusSaysBringsTrafficHomeWithTheRealCommandLine()
      throws IOException, InterruptedException {
    // Given
    Path aws = PythonTools.orSkip("awscli", AWS).resolve("aws");
    // The proof prints each instant with its number and phase; the seed is part of the command.
    String[] asked = {
      "home-by-hand", "--aws", aws.toString(), "--times", "" + TIMES, "--seed", "11"
    };

    // When
    int exit = new CommandLine(new EvidenceMain()).execute(asked);

    // Then
    assertThat(exit).as(String.join(" ", asked)).isZero();
  }
}

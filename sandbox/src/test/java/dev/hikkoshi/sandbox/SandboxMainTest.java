package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The words of the command, as every other command of the program has them. */
class SandboxMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "run --nothing, hikkoshi sandbox run: Unknown option: '--nothing'",
    "--nothing, hikkoshi sandbox: Unknown option: '--nothing'"
  })
  void wrongUsageIsToldByTheWholeNameOfTheCommand(String words, String told) {
    // When
    int exit = commandLine().execute(words.split(" "));

    // Then
    assertThat(exit).isEqualTo(64);
    assertThat(err.toString().lines()).first().isEqualTo(told);
  }

  @Test
  void helpIsOfTheCommandThatPeopleType() {
    // When
    int exit = commandLine().execute("--help");

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("Usage: hikkoshi sandbox");
  }

  private CommandLine commandLine() {
    return SandboxMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}

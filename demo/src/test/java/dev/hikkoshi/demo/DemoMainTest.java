package dev.hikkoshi.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.demo.stage.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoMainTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = DemoMain.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void helpHasExamplesAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--once --report r.json", "64 wrong usage", "--keep");
  }

  @Test
  void wrongUsageIs64() {
    assertThat(run("--twice")).isEqualTo(64);
    assertThat(err.toString()).contains("--twice", "--help");
    assertThat(run("unexpected")).isEqualTo(64);
  }

  @Test
  void anUnknownSabotageIsWrongUsageThatNamesTheOthers() {
    assertThat(run("--sabotage", "nothing")).isEqualTo(64);
    assertThat(err.toString()).contains("attach-before-ready", "ignore-ttl");
  }

  @Test
  void optionsAreRead() {
    // Given
    DemoMain main = new DemoMain();
    // When
    new CommandLine(main).parseArgs("--once", "--report", "r.json", "--keep");
    // Then
    assertThat(main.options().once()).isTrue();
    assertThat(main.options().report()).contains(Path.of("r.json"));
    assertThat(main.options().state()).isEmpty();
    assertThat(main.options().keep()).isTrue();
  }

  @Test
  void aFolderThatIsInUseIsNotTouched() throws IOException {
    // Given
    Files.writeString(directory.resolve("mine"), "precious");
    // When, Then
    assertThatThrownBy(() -> Folders.of(Optional.of(directory)))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("not empty");
    assertThat(directory.resolve("mine")).hasContent("precious");
  }
}

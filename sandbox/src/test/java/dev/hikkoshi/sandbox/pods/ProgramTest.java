package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

  private static Optional<Program.End> end(boolean forEver, String... command) {
    var container = new ContainerBuilder().withCommand(Arrays.asList(command)).build();
    return Program.end(container, Script.NONE, forEver, false);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0, 0",
    "/bin/false, 0, 1",
    "exit 7, 0, 7",
    "sleep 5, 5, 0",
    "sleep 2; exit 3, 2, 3",
    "false && sleep 9, 0, 1",
    "false; true, 0, 0",
    "echo hello && sleep 1, 1, 0"
  })
  void aShellCommandEndsAsItSays(String script, int seconds, int code) {
    assertThat(end(true, "/bin/sh", "-c", script))
        .contains(new Program.End(Duration.ofSeconds(seconds), code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep infinity", "java -jar app.jar", "while true; do work; done"})
  void whatSaysNothingRunsOnUnlessItIsAJobs(String script) {
    assertThat(end(true, "sh", "-c", script)).isEmpty();
  }

  @Test
  void aJobsContainerThatSaysNothingSucceedsAtOnce() {
    assertThat(end(false, "migrate", "--all")).contains(new Program.End(Duration.ZERO, 0));
  }

  @Test
  void whatServesRunsOnWhateverItsCommand() {
    var container = new ContainerBuilder().withCommand("sh", "-c", "true").build();
    assertThat(Program.end(container, Script.NONE, true, true)).isEmpty();
  }

  @Test
  void aHookTakesAsLongAsItSleeps() {
    var sleeps =
        new ContainerBuilder()
            .withNewLifecycle()
            .withNewPreStop()
            .withNewSleep(4L)
            .endPreStop()
            .endLifecycle()
            .build();
    var shell =
        new ContainerBuilder()
            .withNewLifecycle()
            .withNewPreStop()
            .withNewExec()
            .withCommand(List.of("/bin/sh", "-c", "sleep 7"))
            .endExec()
            .endPreStop()
            .endLifecycle()
            .build();

    assertThat(Program.preStop(sleeps)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Program.preStop(shell)).isEqualTo(Duration.ofSeconds(7));
    assertThat(Program.preStop(new ContainerBuilder().build())).isZero();
  }
}

package dev.hikkoshi.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.state.FileStateStore;
import dev.hikkoshi.sandbox.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenIT {

  @TempDir Path directory;
  private StateStore state;

  @BeforeEach
  void open() {
    state = new FileStateStore(directory.resolve("state"));
  }

  @Test
  void tellsHowAChildEnded() {
    try (Children children = new Children(state, directory)) {
      Child child = children.start(spec("short", "/bin/sleep", "0"));

      assertThat(child.exit().join()).isZero();
    }
  }

  @Test
  void stopsAChild() {
    try (Children children = new Children(state, directory)) {
      Child child = children.start(spec("long", "/bin/sleep", "1000"));
      child.stop(Duration.ofSeconds(2));

      assertThat(child.exit()).isCompleted();
      assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Test
  void endsAllAtItsOwnEnd() {
    long pid;
    try (Children children = new Children(state, directory)) {
      pid = children.start(spec("long", "/bin/sleep", "1000")).pid();
    }

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endsAllWhenTheSupervisorIsKilled() {
    try (Children children = new Children(state, directory)) {
      Child child = children.start(spec("long", "/bin/sleep", "1000"));
      ProcessHandle supervisor = ProcessHandle.of(child.pid()).orElseThrow().parent().orElseThrow();
      supervisor.destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void endsWhatAnEarlierRunLeftBehind() throws Exception {
    Process left = new ProcessBuilder("/bin/sleep", "1000").start();
    new Leftovers(state).started("left", left.pid());

    try (Children children = new Children(state, directory)) {
      assertThat(children.endedLeftovers()).containsExactly("left");
      assertThat(left.waitFor()).isNotZero();
    }
  }

  @Test
  void leavesAProcessAloneThatOnlyHasThePidOfALeftover() throws Exception {
    Process other = new ProcessBuilder("/bin/sleep", "1000").start();
    Leftovers.Running wrong = new Leftovers.Running("left", other.pid(), 1, "/bin/other");
    state.write("processes", new Leftovers.Kept(List.of(wrong)));

    try (Children children = new Children(state, directory)) {
      assertThat(children.endedLeftovers()).isEmpty();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void namesWhatCannotBeStarted() {
    try (Children children = new Children(state, directory)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> children.start(spec("none", "/nowhere/at-all")))
          .withMessageContaining("/nowhere/at-all");
    }
  }

  private ChildSpec spec(String name, String... command) {
    return new ChildSpec(
        name, List.of(command), Map.of(), directory, directory.resolve(name + ".log"));
  }
}

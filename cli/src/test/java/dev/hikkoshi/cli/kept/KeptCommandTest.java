package dev.hikkoshi.cli.kept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.clusters.render.RenderStore;
import dev.hikkoshi.environments.port.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the output of a command is printed again, and when it is made anew. */
class KeptCommandTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T01:02:03Z"));
  private static final List<String> COMMAND = List.of("render", "-e", "prod");

  @TempDir Path temporary;
  private Path root;
  private Path program;
  private Path worker;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aCommandThatWasRun() throws IOException {
    program = Files.writeString(temporary.resolve("cli.jar"), "program");
    worker = Files.writeString(temporary.resolve("hikkoshi-render"), "worker");
    root = Files.createDirectories(temporary.resolve("shop"));
    Files.createDirectories(root.resolve("charts/web"));
    Files.writeString(root.resolve("helmfile.yaml"), "releases: []\n");
    Files.writeString(root.resolve("charts/web/Chart.yaml"), "name: web\n");
    Files.writeString(root.resolve("not-read.md"), "words");
    SeenTree tree = new SeenTree(DefinitionFiles.tree(root), root, CLOCK);
    tree.read("helmfile.yaml");
    tree.read("missing.yaml");
    tree.files("charts/web");
    kept(COMMAND)
        .orElseThrow()
        .keep(
            new KeptCommand.Made(root, tree, List.of(root.resolve(".git")), List.of(worker)),
            "manifests".getBytes(UTF_8));
  }

  @Test
  void theSameCommandOverTheSameFilesIsNotRunAgain() throws IOException {
    // Given
    Files.writeString(root.resolve("not-read.md"), "other words");
    Files.setLastModifiedTime(
        root.resolve("helmfile.yaml"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

    // When
    Optional<String> output = found(COMMAND);

    // Then
    assertThat(output).contains("manifests");
  }

  @Test
  void aChangedFileRunsItAgain() throws IOException {
    // When
    Files.writeString(root.resolve("helmfile.yaml"), "releases: [{}]\n");

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  @Test
  void aFileThatWasMissedAndIsThereNowRunsItAgain() throws IOException {
    // When
    Files.writeString(root.resolve("missing.yaml"), "");

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  @Test
  void aFileMoreInAFolderThatWasListedRunsItAgain() throws IOException {
    // When
    Files.writeString(root.resolve("charts/web/values.yaml"), "");

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  @Test
  void whatWasLookedAtBesideTheTreeCounts() throws IOException {
    // When
    Files.createDirectory(root.resolve(".git"));

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  @Test
  void anotherWorkerRunsItAgain() throws IOException {
    // Given
    Optional<String> same = found(COMMAND);

    // When
    Files.writeString(worker, "worker, newer");
    Optional<String> other = found(COMMAND);
    Files.delete(worker);
    Optional<String> gone = found(COMMAND);

    // Then
    assertThat(same).contains("manifests");
    assertThat(other).isEmpty();
    assertThat(gone).isEmpty();
  }

  @Test
  void anotherCommandLineVariableOrProgramIsAnotherCommand() throws IOException {
    // When
    Optional<String> otherWords = found(List.of("render", "-e", "stage"));
    Optional<String> sameTextOtherWords = found(List.of("render", "-e prod"));
    environment.put("HIKKOSHI_ENVIRONMENT", "stage");
    Optional<String> otherVariable = found(COMMAND);
    environment.clear();
    environment.put("TERM", "dumb");
    Optional<String> foreignVariable = found(COMMAND);
    Files.writeString(program, "program, newer");
    Optional<String> otherProgram = found(COMMAND);

    // Then
    assertThat(otherWords).isEmpty();
    assertThat(sameTextOtherWords).isEmpty();
    assertThat(otherVariable).isEmpty();
    assertThat(foreignVariable).contains("manifests");
    assertThat(otherProgram).isEmpty();
  }

  @Test
  void aFileThatNobodyTouchedIsNotRead() {
    // Given
    keptLongAfterTheFilesWereWritten();
    List<String> read = new ArrayList<>();

    // When
    Optional<byte[]> output =
        kept(COMMAND).flatMap(kept -> kept.find(folder -> new Reading(folder, read)));

    // Then
    assertThat(output).isPresent();
    assertThat(read).containsExactly("missing.yaml");
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsRead() throws IOException {
    // Given
    Path helmfile = root.resolve("helmfile.yaml");
    FileTime written = Files.getLastModifiedTime(helmfile);
    keptLongAfterTheFilesWereWritten();

    // When
    Files.writeString(helmfile, "releases: {}\n");
    Files.setLastModifiedTime(helmfile, written);

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  @Test
  void aFileThatWasTouchedAndIsTheSameRunsNothingAgain() throws IOException {
    // Given
    keptLongAfterTheFilesWereWritten();

    // When
    Files.writeString(root.resolve("helmfile.yaml"), "releases: []\n");

    // Then
    assertThat(found(COMMAND)).contains("manifests");
  }

  @Test
  void whatCannotBeToldApartIsNeverKept() {
    // When
    Optional<KeptCommand> wordsInAFile = kept(List.of("render", "@words"));
    program = root;
    Optional<KeptCommand> unpackedProgram = kept(COMMAND);

    // Then
    assertThat(wordsInAFile).isEmpty();
    assertThat(unpackedProgram).isEmpty();
  }

  @Test
  void aFileThatWasRefusedIsAskedForAgain() throws IOException {
    // Given
    Files.createSymbolicLink(root.resolve("out"), Path.of("/etc/hostname"));
    SeenTree tree = new SeenTree(DefinitionFiles.tree(root), root, CLOCK);
    assertThat(catchThrowable(() -> tree.read("out"))).isNotNull();
    KeptCommand kept = kept(COMMAND).orElseThrow();

    // When
    kept.keep(new KeptCommand.Made(root, tree, List.of(), List.of()), "half".getBytes(UTF_8));

    // Then
    assertThat(found(COMMAND)).isEmpty();
  }

  private void keptLongAfterTheFilesWereWritten() {
    InstantSource later = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));
    SeenTree tree = new SeenTree(DefinitionFiles.tree(root), root, later);
    tree.read("helmfile.yaml");
    tree.read("missing.yaml");
    kept(COMMAND)
        .orElseThrow()
        .keep(new KeptCommand.Made(root, tree, List.of(), List.of()), "manifests".getBytes(UTF_8));
  }

  /** A tree that says what was read of it. */
  private record Reading(Path folder, List<String> read) implements FileTree {

    @Override
    public String commit() {
      return "working-tree";
    }

    @Override
    public Optional<byte[]> read(String path) {
      read.add(path);
      return DefinitionFiles.tree(folder).read(path);
    }

    @Override
    public List<String> files(String directory) {
      return DefinitionFiles.tree(folder).files(directory);
    }
  }

  private Optional<String> found(List<String> arguments) {
    return kept(arguments)
        .flatMap(kept -> kept.find(DefinitionFiles::tree))
        .map(output -> new String(output, UTF_8));
  }

  private Optional<KeptCommand> kept(List<String> arguments) {
    Session session =
        new Session(
            CLOCK,
            Map.copyOf(environment),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            false,
            () -> "",
            root,
            _ -> false);
    RenderStore store = new RenderStore(temporary.resolve("renders"), 1 << 20, CLOCK);
    return KeptCommand.of(store, session, arguments, List.of(program));
  }
}

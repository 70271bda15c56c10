package dev.hikkoshi.cli.definitions;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.clusters.cel.CelExpressions;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.port.Expressions;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.gitsync.Limits;
import dev.hikkoshi.gitsync.SnapshotException;
import dev.hikkoshi.gitsync.SourceTree;
import dev.hikkoshi.gitsync.WorkingTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The environments below one folder of one tree.
 *
 * @param commit full id, or {@code working-tree}
 * @param readings as the core read them; their problems name files as the user can open them
 */
public record DefinitionFiles(String commit, List<Reading> readings) {

  /** CEL is loaded with the first expression: most definitions have none. */
  private static final Expressions EXPRESSIONS = source -> Cel.EXPRESSIONS.compile(source);

  private static final class Cel {

    static final Expressions EXPRESSIONS = new CelExpressions();
  }

  public DefinitionFiles {
    readings = List.copyOf(readings);
  }

  /**
   * Reads a folder as it is on disk. In a Git work tree the root is the whole of it, so that charts
   * beside the folder are found, as they would be in a commit.
   *
   * @param started where the user stands; files are named from there
   * @param templates asked only when a helmfile has any
   * @param secrets asked only when an environment of it has any
   * @throws CliException when it is no readable folder
   */
  public static DefinitionFiles ofFolder(
      Path folder, Path started, Templates templates, Secrets secrets) {
    Path given = started.resolve(folder).normalize();
    if (!Files.exists(given)) {
      throw new CliException(Exit.ERROR, "there is no folder " + folder, "");
    }
    if (!Files.isDirectory(given)) {
      throw new CliException(
          Exit.ERROR, folder + " is no folder", "Name the folder that has it, or one above.");
    }
    Path root = top(given).orElse(given);
    String below = root.relativize(given).toString().replace('\\', '/');
    return read(
        () -> WorkingTree.of(root, Limits.DEFAULT),
        below,
        templates,
        secrets,
        file -> shown(started, root, file));
  }

  /** Reads a folder of a commit; files are named from the root of the repository. */
  public static DefinitionFiles ofTree(
      SourceTree tree, String below, Templates templates, Secrets secrets) {
    return read(() -> tree, below, templates, secrets, UnaryOperator.identity());
  }

  /**
   * Reads a folder as it would be with some files more.
   *
   * @param root of the tree, on disk
   * @param below the folder, from the root
   * @param files path from the root → text
   */
  public static List<Reading> laidOver(
      Path root, String below, Map<String, String> files, Templates templates, Secrets secrets) {
    try {
      Map<String, byte[]> bytes = new HashMap<>();
      files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
      return Definitions.read(
          new Overlay(tree(root), bytes), below, templates, secrets, EXPRESSIONS);
    } catch (FileTreeException | SnapshotException e) {
      throw new CliException(Exit.ERROR, "the files could not be read: " + e.getMessage(), "");
    }
  }

  /** Problems of all environments, by file, line and column. */
  public List<Problem> problems() {
    return readings.stream()
        .flatMap(reading -> problems(reading).stream())
        .distinct()
        .sorted(Problem.ORDER)
        .toList();
  }

  /** Problems of one environment. */
  public static List<Problem> problems(Reading reading) {
    return switch (reading) {
      case Reading.Good _ -> List.of();
      case Reading.Bad bad -> bad.problems();
    };
  }

  /** The Git work tree that a folder lies in. */
  public static Optional<Path> top(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /**
   * The files below a folder on disk, under the rules of a snapshot.
   *
   * @throws CliException when it is no readable folder
   */
  public static FileTree tree(Path root) {
    try {
      return new Tree(WorkingTree.of(root, Limits.DEFAULT));
    } catch (SnapshotException e) {
      throw new CliException(Exit.ERROR, "the files could not be read: " + e.getMessage(), "");
    }
  }

  /** The problem with its file as the user can open it, of a folder on disk. */
  public static Problem shown(Problem problem, Path folder, Path started) {
    Path given = started.resolve(folder).normalize();
    Path root = top(given).orElse(given);
    return named(problem, file -> shown(started, root, file));
  }

  private static String shown(Path started, Path root, String file) {
    Path full = root.resolve(file);
    return full.startsWith(started) ? started.relativize(full).toString() : full.toString();
  }

  private static DefinitionFiles read(
      Supplier<SourceTree> opened,
      String below,
      Templates templates,
      Secrets secrets,
      UnaryOperator<String> shown) {
    try {
      Tree tree = new Tree(opened.get());
      List<Reading> readings = Definitions.read(tree, below, templates, secrets, EXPRESSIONS);
      return new DefinitionFiles(
          tree.commit(), readings.stream().map(reading -> named(reading, shown)).toList());
    } catch (FileTreeException | SnapshotException e) {
      throw new CliException(Exit.ERROR, "the files could not be read: " + e.getMessage(), "");
    }
  }

  private static Reading named(Reading reading, UnaryOperator<String> shown) {
    return switch (reading) {
      case Reading.Good good -> good;
      case Reading.Bad bad ->
          bad.with(bad.problems().stream().map(problem -> named(problem, shown)).toList());
    };
  }

  private static Problem named(Problem problem, UnaryOperator<String> shown) {
    Place place = problem.place();
    return new Problem(
        new Place(shown.apply(place.file()), place.line(), place.column(), place.length()),
        problem.message(),
        problem.hint(),
        problem.excerpt());
  }

  /** Git's tree under the core's contract, which is the same word for word. */
  private record Tree(SourceTree source) implements FileTree {

    @Override
    public String commit() {
      return source.commit();
    }

    @Override
    public Optional<byte[]> read(String path) {
      return reading(() -> source.read(path));
    }

    @Override
    public List<String> files(String directory) {
      return reading(() -> source.files(directory));
    }

    private static <T> T reading(Supplier<T> read) {
      try {
        return read.get();
      } catch (SnapshotException e) {
        throw new FileTreeException(e.path(), String.valueOf(e.getMessage()));
      }
    }
  }
}

package dev.hikkoshi.cli.folder;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Unreadable;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder to be made, in its tree: the Git work tree it lies in, else the nearest folder that
 * has both it and the helmfile.
 */
public final class NewFolder {

  private final Path started;
  private final Path folder;
  private final Optional<Path> helmfile;
  private final Path root;

  /**
   * A folder that is not written yet.
   *
   * @param started where the user stands
   * @param folder absolute
   * @param helmfile absolute
   * @throws CliException when the helmfile is not there, or lies in another Git work tree
   */
  public NewFolder(Path started, Path folder, Optional<Path> helmfile) {
    this.started = started;
    this.folder = folder;
    this.helmfile = helmfile;
    helmfile.filter(file -> !Files.isRegularFile(file)).ifPresent(NewFolder::missing);
    this.root = DefinitionFiles.top(folder).orElseGet(() -> shared(folder, helmfile));
    helmfile.filter(file -> !file.startsWith(root)).ifPresent(file -> outside(file, root));
  }

  private static void missing(Path file) {
    throw new CliException(Exit.ERROR, "there is no file " + file, "");
  }

  private static void outside(Path file, Path root) {
    throw new CliException(
        Exit.ERROR,
        "the helmfile %s is not in %s, so no commit there would have it".formatted(file, root),
        "Put the environment's folder into the helmfile's repository.");
  }

  /** The nearest folder that is there already and has the helmfile below it. */
  private static Path shared(Path folder, Optional<Path> helmfile) {
    Path at = folder;
    while (at.getParent() != null && (!Files.isDirectory(at) || !inside(at, helmfile))) {
      at = at.getParent();
    }
    return at;
  }

  private static boolean inside(Path folder, Optional<Path> helmfile) {
    return helmfile.map(file -> file.startsWith(folder)).orElse(true);
  }

  /** The root of the tree. */
  public Path root() {
    return root;
  }

  /** The folder from the root of the tree, with slashes. */
  public String below() {
    return root.relativize(folder).toString().replace('\\', '/');
  }

  /** The region that an eksctl file names; empty text where it names none. */
  public static String region(String cluster) {
    Problems unread = new Problems();
    return Yaml.documents("cluster", cluster, 0, unread).stream()
        .findFirst()
        .flatMap(root -> at(root, "metadata"))
        .flatMap(metadata -> at(metadata, "region"))
        .map(region -> region instanceof Scalar scalar ? scalar.text() : "")
        .orElse("");
  }

  private static Optional<Node> at(Node node, String key) {
    return node instanceof Mapping map ? map.at(key) : Optional.empty();
  }

  /** A path of the tree as the user can open it. */
  public String shown(String path) {
    Path full = root.resolve(path);
    return full.startsWith(started) ? started.relativize(full).toString() : full.toString();
  }

  /** The helmfile as environment.yaml names it. */
  public Optional<String> helmfile() {
    return helmfile.map(file -> folder.relativize(file).toString().replace('\\', '/'));
  }

  /**
   * Refuses to go on where a file is there already, before anybody is asked anything.
   *
   * @throws CliException when one is
   */
  public void mustBeNew() {
    List<String> there =
        Stream.of("environment.yaml", "cluster.yaml")
            .map(folder::resolve)
            .filter(Files::exists)
            .map(file -> root.relativize(file).toString())
            .toList();
    if (!there.isEmpty()) {
      throw refused(String.join(", ", there));
    }
  }

  /**
   * Writes files.
   *
   * @param files path from the root of the tree → text
   * @param over whether one that is there may be written over
   * @throws CliException when one is there and may not: then none is written
   */
  public void write(Map<String, String> files, boolean over) {
    if (!over) {
      mustBeNew();
    }
    OpenOption[] how =
        over
            ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING}
            : new OpenOption[] {StandardOpenOption.CREATE_NEW};
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(root.resolve(file.getKey()), file.getValue(), how);
      }
    } catch (FileAlreadyExistsException e) {
      throw refused(e.getFile());
    } catch (IOException e) {
      throw new CliException(
          Exit.ERROR,
          "the folder %s cannot be written: %s".formatted(folder, Unreadable.why(e)),
          "");
    }
  }

  private static CliException refused(String there) {
    return new CliException(
        Exit.REFUSED,
        "nothing was written, because there is " + there + " already",
        "Name another folder.");
  }
}

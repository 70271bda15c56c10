package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder to be made, in its tree: the Git work tree it lies in, else the nearest folder that
 * has both it and the helmfile.
 */
public final class NewFolder {

  private final Path folder;
  private final Optional<Path> helmfile;
  private final Path root;

  /**
   * A folder that is not written yet.
   *
   * @param folder absolute
   * @param helmfile absolute
   * @throws CliException when the helmfile is not there, or lies in another Git work tree
   */
  public NewFolder(Path folder, Optional<Path> helmfile) {
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
        "Put the environment into the helmfile's repository: --into DIR");
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

  /**
   * The environment.yaml to be.
   *
   * @param environment helmfile's
   * @throws CliException when the eksctl file names no region
   */
  public String environment(
      String name, String account, String region, Optional<String> environment) {
    if (region.isEmpty()) {
      throw new CliException(
          Exit.ERROR, "the cluster's file names no region", "eksctl wants it too: metadata.region");
    }
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: hikkoshi.dev/v1alpha1
            kind: Environment
            metadata:
              name: %s
            spec:
              mode: observe # it reads and reports, and writes nothing; then plan, then act
              region: %s
              account: "%s" # in any other account nothing is done
              cluster:
                config: cluster.yaml
            """
                .formatted(name, region, account));
    helmfile.ifPresent(
        file -> {
          String path = folder.relativize(file).toString().replace('\\', '/');
          text.append("  apps:\n    helmfile: ").append(path).append("\n");
          environment.ifPresent(e -> text.append("    environment: ").append(e).append("\n"));
        });
    return text.toString();
  }

  /**
   * Writes new files.
   *
   * @param files path from the root of the tree → text
   * @throws CliException when one of them is there already: then none is written
   */
  public void write(Map<String, String> files) {
    List<String> there =
        files.keySet().stream().filter(path -> Files.exists(root.resolve(path))).toList();
    if (!there.isEmpty()) {
      throw refused(String.join(", ", there));
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(
            root.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw refused(e.getFile());
    } catch (IOException e) {
      throw new CliException(
          Exit.ERROR, "the folder %s cannot be written: %s".formatted(folder, e.getMessage()), "");
    }
  }

  private static CliException refused(String there) {
    return new CliException(
        Exit.REFUSED, "nothing was written, because there is " + there + " already", "--into DIR");
  }
}

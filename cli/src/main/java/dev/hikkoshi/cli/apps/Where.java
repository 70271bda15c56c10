package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.helmfile.Helmfile.Given;
import dev.hikkoshi.environments.helmfile.Selector;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a helmfile lies, and what an environment.yaml beside it says about it.
 *
 * @param started where the user stands
 * @param root files are read below it
 * @param folder of the environment or of the helmfile, from the root
 * @param path of the helmfile, from the root; empty for whatever is found in the folder
 * @param said what environment.yaml says; flags win over it
 */
record Where(Path started, Path root, String folder, String path, EnvironmentApps said) {

  /**
   * Finds it on disk.
   *
   * @throws CliException when there is nothing of that name
   */
  static Where of(HelmfileOptions options, Session session) {
    Path start = start(options, session);
    Path folder = Files.isDirectory(start) ? start : Objects.requireNonNull(start.getParent());
    Path root = options.root(session).or(() -> DefinitionFiles.top(folder)).orElse(folder);
    if (!start.startsWith(root)) {
      throw new CliException(
          Exit.ERROR, "%s is not below %s".formatted(start, root), "--root DIR says below which.");
    }
    String below = from(root, folder);
    if (options.plain()) {
      return new Where(session.folder(), root, below, from(root, start), EnvironmentApps.NONE);
    }
    Path environment = start.resolve(Definitions.FILE);
    if (!Files.isRegularFile(environment)) {
      return new Where(session.folder(), root, below, "", EnvironmentApps.NONE);
    }
    EnvironmentApps said = EnvironmentApps.read(environment);
    String helmfile =
        said.helmfile().isEmpty() ? "" : from(root, start.resolve(said.helmfile()).normalize());
    return new Where(session.folder(), root, below, helmfile, said);
  }

  private static Path start(HelmfileOptions options, Session session) {
    Path start = options.start(session);
    if (Files.exists(start)) {
      return start;
    }
    return options
        .name()
        .flatMap(name -> named(name, session.folder()))
        .orElseThrow(
            () ->
                new CliException(
                    Exit.ERROR,
                    "there is no file or folder "
                        + start
                        + options.name().map(name -> ", nor an environment " + name).orElse(""),
                    ""));
  }

  /** The folder of the environment of a name, below where the user stands. */
  private static Optional<Path> named(String name, Path below) {
    FileTree tree = DefinitionFiles.tree(below);
    List<Path> found =
        tree.files("").stream()
            .filter(f -> f.equals(Definitions.FILE) || f.endsWith("/" + Definitions.FILE))
            .filter(f -> tree.read(f).flatMap(EnvironmentApps::nameIn).equals(Optional.of(name)))
            .map(f -> below.resolve(SourceFiles.folderOf(f)).normalize())
            .toList();
    if (found.size() > 1) {
      throw new CliException(
          Exit.ERROR,
          "%d folders are the environment %s".formatted(found.size(), name),
          found.toString());
    }
    return found.stream().findFirst();
  }

  private static String from(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  /** Whether a state file was found by looking into a folder of state files. */
  boolean searched(String file) {
    String named = path.isEmpty() ? folder : path;
    String inside = file.substring(0, Math.max(0, file.lastIndexOf('/')));
    String standard = folder.isEmpty() ? "helmfile.d" : folder + "/helmfile.d";
    return path.isEmpty()
        ? inside.equals(standard)
        : inside.equals(named) && Files.isDirectory(root.resolve(path));
  }

  /** What was looked at on disk beside the tree, whether it was there or not. */
  List<Path> looked(HelmfileOptions options, Session session) {
    Path start = options.start(session);
    List<Path> looked = new ArrayList<>(List.of(start, start.resolve(Definitions.FILE)));
    if (options.root(session).isEmpty()) {
      for (Path at = root.resolve(folder); at != null; at = at.getParent()) {
        Path mark = at.resolve(".git");
        looked.add(mark);
        if (Files.exists(mark)) {
          break;
        }
      }
    }
    return looked;
  }

  FileTree tree() {
    return DefinitionFiles.tree(root);
  }

  /** What to read, flags laid over what environment.yaml says. */
  Helmfile.Request request(HelmfileOptions options, Session session) {
    List<String> selectors = new ArrayList<>(options.selectors());
    if (selectors.isEmpty() && !said.selector().isEmpty()) {
      selectors.add(said.selector());
    }
    Map<String, String> env = new LinkedHashMap<>(said.env());
    env.putAll(options.variables(session));
    return new Helmfile.Request(
        path,
        Place.of(path.isEmpty() ? folder : path),
        options.environment().orElse(said.environment()),
        Place.of("--environment"),
        selectors.stream().map(Where::selector).toList(),
        new Given(
            env,
            said.facts(),
            options.stateFiles(session).stream().map(this::valuesFile).toList(),
            options.set()),
        options.includeNeeds(),
        options.plain());
  }

  private static Selector selector(String text) {
    return Selector.parse(text)
        .orElseThrow(
            () ->
                new CliException(
                    Exit.USAGE,
                    "--selector: '%s' is no selector".formatted(text),
                    "For example tier=web,name!=old"));
  }

  private String valuesFile(Path file) {
    if (!file.startsWith(root)) {
      throw new CliException(
          Exit.ERROR, "%s is not below %s".formatted(file, root), "--root DIR says below which.");
    }
    Path base = path.isEmpty() ? root.resolve(folder) : parent(root.resolve(path));
    return base.relativize(file).toString().replace('\\', '/');
  }

  private static Path parent(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  /** The problem with its file as the user can open it. */
  Problem shown(Problem problem) {
    Place place = problem.place();
    Path full = root.resolve(place.file());
    boolean onDisk = !place.file().startsWith("--") && full.startsWith(started);
    String file = onDisk ? started.relativize(full).toString() : place.file();
    return new Problem(
        new Place(file, place.line(), place.column(), place.length()),
        problem.message(),
        problem.hint(),
        problem.excerpt());
  }
}

package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.Reading.Bad;
import dev.hikkoshi.environments.definition.Reading.Good;
import dev.hikkoshi.environments.port.Expressions;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads every environment of a tree of files. */
public final class Definitions {

  /** The file that makes a folder an environment. */
  public static final String FILE = "environment.yaml";

  private static final String CHART = "Chart.yaml";

  private Definitions() {}

  /**
   * Every environment below a folder, sorted by folder. Errors are values; no environment's error
   * touches another, except that two which claim the same (a name, a DNS record, a listener rule)
   * are both bad.
   *
   * <p>Folders inside a chart are none: a chart may well have a file of that name.
   *
   * @param root a folder of the tree without a slash at its end; empty for the whole tree
   * @param templates asked only when a helmfile has a template
   * @param secrets asked only when its environment has encrypted values
   * @param expressions asked only when a check has an expression
   * @throws FileTree.FileTreeException when the tree cannot even be listed: nothing is known then
   */
  public static List<Reading> read(
      FileTree tree, String root, Templates templates, Secrets secrets, Expressions expressions) {
    List<String> files = tree.files(root);
    Set<String> charts = new TreeSet<>();
    Set<String> folders = new TreeSet<>();
    for (String file : files) {
      if (isNamed(file, CHART)) {
        charts.add(folder(file, CHART));
      } else if (isNamed(file, FILE)) {
        folders.add(folder(file, FILE));
      }
    }
    List<Reading> readings =
        folders.stream()
            .filter(folder -> charts.stream().noneMatch(chart -> inside(folder, chart)))
            .map(folder -> new FolderReader(tree, folder, templates, secrets, expressions).read())
            .toList();
    return together(Map.of("", readings)).getOrDefault("", List.of());
  }

  /** The same for a process that cannot read expressions. */
  public static List<Reading> read(
      FileTree tree, String root, Templates templates, Secrets secrets) {
    return read(tree, root, templates, secrets, Expressions.none());
  }

  private static boolean isNamed(String path, String name) {
    return path.equals(name) || path.endsWith("/" + name);
  }

  private static String folder(String path, String name) {
    return path.substring(0, Math.max(0, path.length() - name.length() - 1));
  }

  private static boolean inside(String folder, String chart) {
    return chart.isEmpty() || folder.equals(chart) || folder.startsWith(chart + "/");
  }

  /**
   * The same over the union of several sources: what two of them claim is bad in both, and the
   * problem names the other source.
   *
   * @param bySource what {@link #read} answered, by the source's name
   */
  public static Map<String, List<Reading>> together(Map<String, List<Reading>> bySource) {
    Conflicts conflicts = new Conflicts(bySource);
    Map<String, List<Reading>> all = new TreeMap<>();
    bySource.forEach(
        (source, readings) ->
            all.put(
                source,
                readings.stream()
                    .map(r -> conflicts.judge(source, r))
                    .collect(Collectors.toList())));
    return all;
  }

  /** The good ones by name. Names are unique: two of one name are both bad. */
  public static Map<String, Definition> good(List<Reading> readings) {
    Map<String, Definition> good = new TreeMap<>();
    for (Reading reading : readings) {
      switch (reading) {
        case Good(Definition definition) -> good.put(definition.name(), definition);
        case Bad _ -> {}
      }
    }
    return good;
  }
}

package dev.hikkoshi.cli.folder;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Holds the texts of an environment's folder against the reader that will read them: what the
 * reader refuses in the cluster's file is taken out at the place that it names, and told. So there
 * is no second list here of what is supported.
 */
public final class FolderTexts {

  /** A file with more to refuse than this is no eksctl file. */
  private static final int MOST = 200;

  private final String folder;
  private final Function<Map<String, String>, List<Reading>> reader;

  /**
   * For one folder.
   *
   * @param folder the environment's, from the root of the tree
   * @param reader reads the environments below the folder with these texts laid over the tree
   */
  public FolderTexts(String folder, Function<Map<String, String>, List<Reading>> reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /**
   * What came of it.
   *
   * @param files path → text, to be written
   * @param left what of the cluster's file was not taken over, as the reader said it
   * @param problems what is still to be done by a person before the definition is good
   */
  public record Result(Map<String, String> files, List<Problem> left, List<Problem> problems) {

    public Result {
      files = new TreeMap<>(files);
      left = List.copyOf(left);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Tries the texts.
   *
   * @param environment the environment.yaml to be
   * @param cluster the cluster's file as it is
   * @param clusterName how its user calls it
   * @throws CliException when the file is none of a cluster
   */
  public Result of(String environment, String cluster, String clusterName) {
    String environmentPath = path("environment.yaml");
    String clusterPath = path("cluster.yaml");
    List<Problem> left = new ArrayList<>();
    // For each line that is still there its number in the user's file.
    List<Integer> numbers =
        new ArrayList<>(IntStream.rangeClosed(1, lines(cluster)).boxed().toList());
    String text = cluster;
    for (int round = 0; round < MOST; round++) {
      Map<String, String> files = Map.of(environmentPath, environment, clusterPath, text);
      List<Problem> problems = problems(reader.apply(files));
      Optional<Problem> refused =
          problems.stream().filter(p -> droppable(p, clusterPath)).findFirst();
      Optional<String> without = Optional.empty();
      if (refused.isPresent()) {
        without = LineCut.without(text, refused.get().line(), refused.get().column());
      }
      if (without.isEmpty()) {
        return new Result(files, left, problems);
      }
      Problem problem = refused.orElseThrow();
      int at = problem.line() - 1;
      left.add(written(problem, clusterName, numbers.get(at)));
      numbers.subList(at, at + lines(text) - lines(without.get())).clear();
      text = without.get();
    }
    throw new CliException(
        Exit.ERROR,
        "more than %d keys of the cluster's file are not known".formatted(MOST),
        "Is it an eksctl file?");
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  /** The problem where the user wrote it. */
  private static Problem written(Problem problem, String file, int line) {
    Place place = problem.place();
    return new Problem(
        new Place(file, line, place.column(), place.length()),
        problem.message(),
        problem.hint(),
        problem.excerpt());
  }

  /** A key that the reader does not take; a wrong value of one that it takes is for a person. */
  private static boolean droppable(Problem problem, String clusterPath) {
    return problem.file().equals(clusterPath)
        && problem.line() > 0
        && (problem.message().startsWith("unknown key")
            || problem.message().startsWith("refused: ")
            || problem.message().startsWith("not yet: "));
  }

  private static List<Problem> problems(List<Reading> readings) {
    return readings.stream()
        .flatMap(reading -> DefinitionFiles.problems(reading).stream())
        .distinct()
        .sorted(Problem.ORDER)
        .toList();
  }

  private String path(String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}

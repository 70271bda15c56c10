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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Holds the texts of an environment's folder against the reader that will read them: what the
 * reader refuses in the cluster's file is taken out at the place that it names, and told. So there
 * is no second list here of what is supported.
 */
public final class FolderTexts {

  /** A file with more to refuse than this is no eksctl file. */
  private static final int MOST = 200;

  private static final Pattern KEY_ALONE = Pattern.compile(" *(- +)?(?<key>[A-Za-z0-9]+): *(#.*)?");

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
      String now = text;
      // A value that is refused is for a person, and keeps no other key in the file.
      Optional<Cut> found =
          problems.stream()
              .filter(problem -> problem.file().equals(clusterPath) && problem.line() > 0)
              .flatMap(problem -> cut(now, problem).stream())
              .findFirst();
      if (found.isEmpty()) {
        return new Result(files, left, problems);
      }
      Cut cut = found.get();
      int at = cut.problem().line() - 1;
      left.add(written(cut.problem(), clusterName, numbers.get(at)));
      numbers.subList(at, at + lines(text) - lines(cut.text())).clear();
      text = cut.text();
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

  /**
   * A key that is taken out.
   *
   * @param problem why, where it was
   * @param text without it
   */
  private record Cut(Problem problem, String text) {}

  /** A key that the reader does not take, and one of which nothing is left. */
  private static Optional<Cut> cut(String text, Problem problem) {
    Optional<Problem> why = droppable(problem) ? Optional.of(problem) : emptied(text, problem);
    return why.flatMap(
        p -> LineCut.without(text, p.line(), p.column()).map(without -> new Cut(p, without)));
  }

  /** A wrong value of a key that the reader takes is for a person. */
  private static boolean droppable(Problem problem) {
    return problem.message().startsWith("unknown key")
        || problem.message().startsWith("refused: ")
        || problem.message().startsWith("not yet: ");
  }

  /** A key with nothing in it, as it is when all that it had was taken out. */
  private static Optional<Problem> emptied(String text, Problem problem) {
    Matcher key = KEY_ALONE.matcher(text.lines().toList().get(problem.line() - 1));
    if (!problem.message().matches("expected a (map|list), found nothing") || !key.matches()) {
      return Optional.empty();
    }
    String name = key.group("key");
    Place place = new Place(problem.file(), problem.line(), key.start("key") + 1, name.length());
    return Optional.of(
        new Problem(place, "nothing is left of " + name, Optional.empty(), problem.excerpt()));
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

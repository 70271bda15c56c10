package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why the newest commit of an environment is not followed.
 *
 * @param why one sentence
 * @param problems each thing that is wrong in the files of that commit; empty for other reasons
 * @param undefined every source was read, and none has it any more
 */
record Stale(String why, List<Problem> problems, boolean undefined) {

  /**
   * So many are told: an Environment's status shares etcd's limit of 1.5 MiB for an object with the
   * record, and nobody mends more in one go.
   */
  private static final int MOST = 40;

  Stale {
    problems = List.copyOf(problems);
  }

  static Stale because(String why) {
    return new Stale(why, List.of(), false);
  }

  static Stale orphaned(String why) {
    return new Stale(why, List.of(), true);
  }

  static Stale in(String commit, List<Problem> problems) {
    int more = problems.size() - 1;
    String why =
        "commit %s: %s%s"
            .formatted(
                Text.brief(commit),
                problems.getFirst().oneLine(),
                more > 0 ? " (and %d more)".formatted(more) : "");
    return new Stale(why, problems, false);
  }

  /** Errors of two folders that claim one name are told together. */
  Stale and(Stale other) {
    List<Problem> all =
        Stream.concat(problems.stream(), other.problems.stream())
            .distinct()
            .sorted(Problem.ORDER)
            .toList();
    return new Stale(why, all, false);
  }

  /** The problems as a person reads them, the last line saying what was left out. */
  List<String> lines() {
    List<String> lines =
        new ArrayList<>(problems.stream().limit(MOST).map(Problem::oneLine).toList());
    if (problems.size() > MOST) {
      lines.add("and %d more: hikkoshi validate shows them all".formatted(problems.size() - MOST));
    }
    return lines;
  }
}

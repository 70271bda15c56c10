package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.environments.reading.Problem;
import java.util.List;

/** Short forms for people. */
final class Text {

  private static final int BRIEF = 10;

  private Text() {}

  /** A commit as people quote it. */
  static String brief(String commit) {
    return commit.length() <= BRIEF ? commit : commit.substring(0, BRIEF);
  }

  /** The first problem and how many there are beside it. */
  static String problems(List<Problem> problems) {
    int more = problems.size() - 1;
    return problems.getFirst().oneLine() + (more > 0 ? " (and %d more)".formatted(more) : "");
  }
}

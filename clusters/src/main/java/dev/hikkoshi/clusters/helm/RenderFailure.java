package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A render's failure in words, with the user's own file and line. */
final class RenderFailure {

  /** So many violations of one schema make a sentence; the rest is counted. */
  private static final int MOST = 10;

  private RenderFailure() {}

  static String sentence(RenderException e) {
    return sentence(e, UnaryOperator.identity());
  }

  /**
   * The same with files as somebody else calls them.
   *
   * @param shown a problem in the words of who asks
   */
  static String sentence(RenderException e, UnaryOperator<Problem> shown) {
    if (!e.told().isEmpty()) {
      String all =
          e.told().stream()
              .limit(MOST)
              .map(shown)
              .map(Problem::oneLine)
              .collect(Collectors.joining("; "));
      int more = e.told().size() - MOST;
      return more > 0 ? "%s; and %d more".formatted(all, more) : all;
    }
    StringBuilder text = new StringBuilder();
    if (e.file() != null) {
      text.append(e.file());
      if (e.line() > 0) {
        text.append(':').append(e.line());
        if (e.column() > 0) {
          text.append(':').append(e.column());
        }
      }
      text.append(": ");
    }
    return text.append(e.getMessage()).toString();
  }

  /** The same as problems, at least one: for who sorts them by file and line. */
  static List<Problem> problems(RenderException e, WantedRelease release) {
    return e.told().isEmpty()
        ? List.of(
            new Problem(
                UserPlaces.defined(release), sentence(e), Optional.empty(), Optional.empty()))
        : e.told();
  }

  /**
   * Whether it says something of the release. Else it says that nothing could be rendered just now,
   * which is no property of anything in Git.
   */
  static boolean ofTheRelease(RenderException e) {
    return switch (e.kind()) {
      case TEMPLATE,
          FUNCTION,
          VALUES,
          CHART,
          SCHEMA,
          INCOMPATIBLE,
          OUTPUT,
          SECRET,
          RECORD,
          TOO_LARGE,
          REQUEST,
          FETCH,
          DEADLINE,
          MEMORY,
          CRASHED ->
          true;
      case BUSY, UNAVAILABLE, STOPPED, LOOKUP, FILE, INTERNAL -> false;
    };
  }
}

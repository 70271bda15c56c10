package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.render.RenderException;

/** A render's failure as one sentence with the user's own file and line. */
final class RenderFailure {

  private RenderFailure() {}

  static String sentence(RenderException e) {
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
    // The message of a schema's violations has them all already.
    return text.append(e.getMessage()).toString();
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

package dev.hikkoshi.tools;

/** Hears what goes on; called by the thread that asked, so it should return at once. */
@FunctionalInterface
public interface ProgressListener {

  /** Something happened. */
  void onProgress(Progress progress);

  /** A listener that hears nothing. */
  static ProgressListener silent() {
    return progress -> {};
  }

  /**
   * A listener that prints what is worth a line of a log: waiting, each 15 s of building, built.
   */
  static ProgressListener lines(java.util.function.Consumer<String> out) {
    return new ProgressLines(out);
  }
}

package dev.hikkoshi.environments.reading;

/**
 * Where the lines of a text stand in the file that somebody wrote. They differ for a part of a
 * file, and for what a template was rendered to.
 */
public interface Origin {

  /** The file, from the root of the tree. */
  String file();

  /**
   * The place of a piece of the text.
   *
   * @param line in the text, from 1
   * @param column in characters, from 1
   * @param length in characters
   */
  Place place(int line, int column, int length);

  /** A text that is the file's own, from some line on. */
  static Origin of(String file, int linesBefore) {
    return new Origin() {
      @Override
      public String file() {
        return file;
      }

      @Override
      public Place place(int line, int column, int length) {
        return new Place(file, line + linesBefore, column, Math.max(1, length));
      }
    };
  }
}

package dev.hikkoshi.environments.reading;

import java.util.Comparator;

/**
 * Where something stands.
 *
 * @param file path from the root of the tree
 * @param line from 1; 0 for the file as a whole
 * @param column in characters, from 1; 0 for the file as a whole
 * @param length in characters on that line, at least 1 where there is a line
 */
public record Place(String file, int line, int column, int length) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column)
          .thenComparingInt(Place::length);

  /** A file as a whole, for what has no line: it is missing, or cannot be read. */
  public static Place of(String file) {
    return new Place(file, 0, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code shop/environment.yaml:12:5}, which editors and terminals make a link of. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}

package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
import dev.hikkoshi.environments.reading.Type;
import java.util.Optional;

/**
 * A text of a helmfile with its place; it may be a template.
 *
 * @param text empty when nothing is said
 */
record Said(String text, Place place) {

  /** Longer ones are no names or paths; a value has as much room as a file. */
  private static final int LONGEST = 64 << 10;

  private static final String ACTION = "{{";

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether rendering could change it. */
  boolean isTemplate() {
    return text.contains(ACTION);
  }

  Said as(String other) {
    return new Said(other, place);
  }

  /** Any single value as it is written, as Go's yaml v3 decodes it into a string; null is empty. */
  static Type<Said> type() {
    return Said::read;
  }

  private static Optional<Said> read(Node node, Problems problems) {
    if (!(node instanceof Scalar scalar)) {
      problems.add(node.place(), "expected text, found " + node.kind());
      return Optional.empty();
    }
    if (scalar.text().length() > LONGEST) {
      problems.add(node.place(), "the text is longer than " + LONGEST + " characters");
      return Optional.empty();
    }
    String text = Scalars.kind(scalar) == Scalars.Kind.NULL ? "" : scalar.text();
    return Optional.of(new Said(text, scalar.place()));
  }
}

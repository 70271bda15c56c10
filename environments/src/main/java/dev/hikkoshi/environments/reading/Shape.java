package dev.hikkoshi.environments.reading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Type} takes, as far as it can be said without looking at a value: the source of the
 * published JSON Schemas. A type may refuse more than its shape says, never less.
 */
public sealed interface Shape {

  /** Anything. */
  Shape ANY = new Any();

  /** Nothing is known beforehand. */
  record Any() implements Shape {}

  /**
   * A single value.
   *
   * @param loose whether numbers and booleans without quotes are taken as text too
   * @param form the whole text has to match
   * @param words if there are any, the only ones
   */
  record Text(boolean loose, Optional<String> form, List<String> words) implements Shape {

    public Text {
      words = List.copyOf(words);
    }
  }

  /** A whole number within bounds, both inclusive. */
  record Whole(int least, int greatest) implements Shape {}

  /** True or false; {@code words} when YAML 1.1's words are taken too. */
  record Truth(boolean words) implements Shape {}

  /** A list. */
  record Items(Shape item) implements Shape {}

  /** A map with keys of the user's own. */
  record Keys(Shape value) implements Shape {}

  /** A map whose keys are all known. */
  record Members(Map<String, Member> all) implements Shape {

    public Members {
      all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }
  }

  /**
   * One known key.
   *
   * @param hint what it says, empty when nothing is told
   */
  record Member(Shape shape, boolean required, String hint) {}

  /** One of several. */
  record Either(List<Shape> shapes) implements Shape {

    public Either {
      shapes = List.copyOf(shapes);
    }
  }
}

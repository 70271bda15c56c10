package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Scalars;
import java.util.List;

/**
 * Go's zero values, which helmfile's merging takes for "nothing was said": null, false, 0, the
 * empty text, list and map.
 */
final class Zero {

  private Zero() {}

  static boolean is(Node node) {
    return switch (node) {
      case Mapping map -> map.entries().isEmpty();
      case Sequence list -> list.items().isEmpty();
      case Scalar scalar ->
          switch (Scalars.value(scalar)) {
            case null -> true;
            case String text -> text.isEmpty();
            case Boolean truth -> !truth;
            case Number number -> number.doubleValue() == 0;
            default -> false;
          };
    };
  }

  /** The map without the keys that say nothing: null, or a text without letters. */
  static Mapping dropped(Mapping map) {
    List<Entry> said = map.entries().stream().filter(e -> !nothing(e.value())).toList();
    return said.size() == map.entries().size() ? map : new Mapping(said, map.place());
  }

  private static boolean nothing(Node node) {
    return node instanceof Scalar scalar
        && (scalar.text().isEmpty() || Scalars.value(scalar) == null);
  }
}

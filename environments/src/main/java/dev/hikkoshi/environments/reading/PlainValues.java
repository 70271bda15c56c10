package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Free values, as Go's yaml v3 decodes them without a type. A date is refused: Go would make a time
 * of it and hand another text on than the one that was written.
 */
public final class PlainValues {

  private PlainValues() {}

  /** A map of values; null values stay, because to Helm they delete a key. */
  public static Type<Map<String, Object>> map() {
    return (node, problems) -> {
      if (!(node instanceof Mapping mapping)) {
        problems.addUnshown(
            node.place(), "expected a map, found " + node.kind(), "values are maps");
        return Optional.empty();
      }
      int before = problems.count();
      Map<String, Object> values = map(mapping, problems);
      return problems.count() == before ? Optional.of(values) : Optional.empty();
    };
  }

  /** Any node's value; a date is the text that was written. Null for null. */
  public static @Nullable Object of(Node node) {
    return value(node, new Problems());
  }

  private static Map<String, Object> map(Mapping mapping, Problems problems) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      put(values, entry.key().text(), value(entry.value(), problems));
    }
    return values;
  }

  private static @Nullable Object value(Node node, Problems problems) {
    return switch (node) {
      case Mapping mapping -> map(mapping, problems);
      case Sequence sequence -> list(sequence, problems);
      case Scalar scalar -> {
        if (Scalars.kind(scalar) == Scalars.Kind.TIMESTAMP) {
          problems.addUnshown(
              scalar.place(), "a date without quotes", "put it in quotes, so that it stays text");
        }
        yield Scalars.value(scalar);
      }
    };
  }

  private static List<Object> list(Sequence sequence, Problems problems) {
    List<Object> items = new ArrayList<>();
    sequence.items().forEach(item -> add(items, value(item, problems)));
    return items;
  }

  // Values are handed on as Map<String, Object> everywhere, and null is one of YAML's values.
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> values, String key, @Nullable Object value) {
    values.put(key, value);
  }

  @SuppressWarnings("NullAway")
  private static void add(List<Object> items, @Nullable Object value) {
    items.add(value);
  }
}

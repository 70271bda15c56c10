package dev.hikkoshi.environments.reading;

import java.util.List;
import java.util.Optional;

/** A piece of YAML with its place. Aliases are resolved: an aliased node keeps its own place. */
public sealed interface Node {

  Place place();

  /** How a message calls it, for example {@code a list}. */
  String kind();

  /**
   * A single value as it is written; {@link Scalars} says what it means.
   *
   * @param plain without quotes, so that {@code 1} or {@code true} is no text
   * @param tag an explicit tag, for example {@code tag:yaml.org,2002:str}
   * @param start first code point in the file, of the quote where there is one; {@code end} is
   *     exclusive
   */
  record Scalar(String text, boolean plain, Optional<String> tag, Place place, int start, int end)
      implements Node {

    @Override
    public String kind() {
      return switch (Scalars.kind(this)) {
        case NULL -> "nothing";
        case BOOL -> "true or false";
        case INTEGER -> "a whole number";
        case FLOAT -> "a number";
        case TIMESTAMP -> "a date";
        case TEXT -> "text";
      };
    }
  }

  /** A list. */
  record Sequence(List<Node> items, Place place) implements Node {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A map in the order of the file, keys unique; merged keys ({@code <<}) follow the map's own.
   *
   * @param entries key and value
   */
  record Mapping(List<Entry> entries, Place place) implements Node {

    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a map";
    }

    public Optional<Entry> entry(String key) {
      // A loop, because every known key of every map is asked for.
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    public Optional<Node> at(String key) {
      return entry(key).map(Entry::value);
    }
  }

  /** One key with its value. */
  record Entry(Scalar key, Node value) {}
}

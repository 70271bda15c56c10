package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types that definitions are made of. */
public final class Types {

  private static final int LONGEST_TEXT = 1_024;

  private Types() {}

  private static final Shape TEXT = new Shape.Text(false, Optional.empty(), List.of());
  private static final Shape LOOSE = new Shape.Text(true, Optional.empty(), List.of());

  /** Text that is not empty; a number or a boolean without quotes is none. */
  public static Type<String> text() {
    Type<String> type = Types::strict;
    return type.shaped(() -> TEXT);
  }

  private static Optional<String> strict(Node node, Problems problems) {
    if (!(node instanceof Scalar scalar) || Scalars.kind(scalar) == Scalars.Kind.NULL) {
      return wrong(node, "text", problems);
    }
    return switch (Scalars.kind(scalar)) {
      case TEXT, TIMESTAMP -> bounded(scalar, problems);
      case NULL, BOOL, INTEGER, FLOAT -> {
        String hint = "put it in quotes: \"" + scalar.text() + "\"";
        problems.add(node.place(), "expected text, found " + node.kind(), hint);
        yield Optional.empty();
      }
    };
  }

  /** Text as Go's yaml v3 decodes any single value into a string field: as it is written. */
  public static Type<String> literal() {
    Type<String> type =
        (node, problems) ->
            node instanceof Scalar scalar && Scalars.kind(scalar) != Scalars.Kind.NULL
                ? bounded(scalar, problems)
                : wrong(node, "text", problems);
    return type.shaped(() -> LOOSE);
  }

  private static Optional<String> bounded(Scalar scalar, Problems problems) {
    String text = scalar.text();
    String wrong =
        text.isEmpty()
            ? "is empty"
            : text.length() > LONGEST_TEXT
                ? "is longer than " + LONGEST_TEXT + " characters"
                : text.chars().anyMatch(Character::isISOControl) ? "has a control character" : "";
    if (wrong.isEmpty()) {
      return Optional.of(text);
    }
    problems.add(scalar.place(), "the text " + wrong);
    return Optional.empty();
  }

  /** Text of a form; {@code expected} says which, in words. */
  public static Type<String> text(Pattern form, String expected) {
    Shape shape = new Shape.Text(false, Optional.of(form.pattern()), List.of());
    return text().then(matching(form, expected)).shaped(() -> shape);
  }

  /** A further condition on text. */
  public static Type.Refinement<String, String> matching(Pattern form, String expected) {
    return (value, node, problems) -> {
      if (form.matcher(value).matches()) {
        return Optional.of(value);
      }
      problems.add(node.place(), "\"" + value + "\" is not " + expected);
      return Optional.empty();
    };
  }

  /** A whole number within bounds, both inclusive. */
  public static Type<Integer> integer(int least, int greatest) {
    Type<Integer> type =
        (node, problems) -> {
          if (!(node instanceof Scalar scalar) || Scalars.kind(scalar) != Scalars.Kind.INTEGER) {
            return wrong(node, "a whole number", problems);
          }
          Optional<Integer> value =
              Scalars.integer(scalar.text())
                  .filter(n -> n.compareTo(BigInteger.valueOf(least)) >= 0)
                  .filter(n -> n.compareTo(BigInteger.valueOf(greatest)) <= 0)
                  .map(BigInteger::intValueExact);
          if (value.isEmpty()) {
            String range =
                greatest == Integer.MAX_VALUE
                    ? "expected " + least + " or more"
                    : "expected " + least + " to " + greatest;
            problems.add(node.place(), scalar.text() + " is out of range", range);
          }
          return value;
        };
    return type.shaped(() -> new Shape.Whole(least, greatest));
  }

  public static Type<Boolean> bool() {
    Type<Boolean> type =
        (node, problems) ->
            node instanceof Scalar scalar && Scalars.value(scalar) instanceof Boolean value
                ? Optional.of(value)
                : wrong(node, "true or false", problems);
    return type.shaped(() -> new Shape.Truth(false));
  }

  /** A boolean as Go's yaml v3 decodes one into a typed field: the words of YAML 1.1 too. */
  public static Type<Boolean> goBool() {
    Type<Boolean> type =
        (node, problems) -> {
          if (!(node instanceof Scalar scalar)) {
            return wrong(node, "true or false", problems);
          }
          return switch (scalar.text()) {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> Optional.of(true);
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> Optional.of(false);
            default -> bool().read(node, problems);
          };
        };
    return type.shaped(() -> new Shape.Truth(true));
  }

  /** One of some words, each with what it means. */
  public static <T> Type<T> oneOf(Map<String, T> words) {
    return text()
        .then(
            (word, node, problems) -> {
              Optional<T> value = Optional.ofNullable(words.get(word));
              if (value.isEmpty()) {
                String expected = "expected " + String.join(", ", words.keySet());
                String hint =
                    Nearest.to(word, words.keySet())
                        .map(near -> "did you mean \"" + near + "\"? " + expected)
                        .orElse(expected);
                problems.add(node.place(), "\"" + word + "\" is not known here", hint);
              }
              return value;
            })
        .shaped(() -> new Shape.Text(false, Optional.empty(), List.copyOf(words.keySet())));
  }

  /** A list, each item of one type; empty where any item was wrong. */
  public static <T> Type<List<T>> list(Type<T> item) {
    Type<List<T>> type =
        (node, problems) -> {
          if (!(node instanceof Sequence sequence)) {
            return wrong(node, "a list", problems);
          }
          List<T> items = new ArrayList<>();
          sequence.items().forEach(n -> item.read(n, problems).ifPresent(items::add));
          return items.size() == sequence.items().size()
              ? Optional.of(List.copyOf(items))
              : Optional.empty();
        };
    return type.shaped(() -> new Shape.Items(item.shape()));
  }

  /** A list in which two items of one key are a problem; {@code what} names the key. */
  public static <T> Type<List<T>> listBy(Type<T> item, String what, Function<T, String> key) {
    Type<List<T>> type =
        (node, problems) -> {
          if (!(node instanceof Sequence sequence)) {
            return wrong(node, "a list", problems);
          }
          Map<String, T> items = new LinkedHashMap<>();
          boolean clean = true;
          for (Node n : sequence.items()) {
            Optional<T> value = item.read(n, problems);
            clean &= value.isPresent();
            if (value.isPresent()
                && items.putIfAbsent(key.apply(value.get()), value.get()) != null) {
              String twice = what + " \"" + key.apply(value.get()) + "\" is there twice";
              problems.add(n.place(), twice);
              clean = false;
            }
          }
          return clean ? Optional.of(List.copyOf(items.values())) : Optional.empty();
        };
    return type.shaped(() -> new Shape.Items(item.shape()));
  }

  /** A map with keys of the user's own, in their order. */
  public static <T> Type<Map<String, T>> map(Type<String> keys, Type<T> values) {
    Type<Map<String, T>> type =
        (node, problems) -> {
          if (!(node instanceof Mapping mapping)) {
            return wrong(node, "a map", problems);
          }
          Map<String, T> all = new LinkedHashMap<>();
          boolean clean = true;
          for (Entry entry : mapping.entries()) {
            // A key is text however it is written, as in every Go program that reads maps of
            // strings.
            Scalar name = entry.key();
            Scalar asText =
                new Scalar(
                    name.text(), false, Optional.empty(), name.place(), name.start(), name.end());
            Optional<String> key = keys.read(asText, problems);
            Optional<T> value = values.read(entry.value(), problems);
            clean &= key.isPresent() && value.isPresent();
            if (key.isPresent() && value.isPresent()) {
              all.put(key.get(), value.get());
            }
          }
          return clean ? Optional.of(all) : Optional.empty();
        };
    return type.shaped(() -> new Shape.Keys(values.shape()));
  }

  private static <T> Optional<T> wrong(Node node, String expected, Problems problems) {
    problems.add(node.place(), "expected " + expected + ", found " + node.kind());
    return Optional.empty();
  }
}

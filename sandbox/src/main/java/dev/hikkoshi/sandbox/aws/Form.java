package dev.hikkoshi.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The flat parameters of the query protocols: {@code Actions.member.1.Type=forward}. Values come
 * from the body of a POST and from the query string.
 */
public final class Form {

  private static final int MOST = 10_000;

  private final Map<String, String> values;

  private Form(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws AwsException {@code MalformedQueryString} for what is no form
   */
  public static Form of(AwsRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    request.query().forEach((name, all) -> values.put(name, all.isEmpty() ? "" : all.getFirst()));
    if (request.body().length > 0) {
      parse(request.text(), values);
    }
    return new Form(values);
  }

  /** Parameters by name, for tests and nested reading. */
  public static Form of(Map<String, String> values) {
    return new Form(new LinkedHashMap<>(values));
  }

  private static void parse(String body, Map<String, String> into) {
    String[] pairs = body.split("&", -1);
    if (pairs.length > MOST) {
      throw new AwsException(400, "MalformedQueryString", "more than " + MOST + " parameters");
    }
    for (String pair : pairs) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      into.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsException(400, "MalformedQueryString", "not percent-encoded: " + e.getMessage());
    }
  }

  /** All names, in the order sent. */
  public Set<String> names() {
    return new LinkedHashSet<>(values.keySet());
  }

  /** One value. */
  public Optional<String> one(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * One value that has to be there.
   *
   * @throws AwsException {@code MissingParameter}
   */
  public String need(String name) {
    return one(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new AwsException(
                    400,
                    "MissingParameter",
                    "The request must contain the parameter " + name + "."));
  }

  /**
   * One whole number.
   *
   * @throws AwsException {@code ValidationError} where it is none
   */
  public Optional<Integer> number(String name) {
    return one(name)
        .map(
            text -> {
              try {
                return Integer.valueOf(text);
              } catch (NumberFormatException e) {
                throw new AwsException(
                    400, "ValidationError", "'" + text + "' for " + name + " is not an integer");
              }
            });
  }

  /**
   * The values of a list, in the order of their numbers: {@code list("SubnetIds.member")} reads
   * {@code SubnetIds.member.1}, {@code SubnetIds.member.2}; EC2 sends {@code SubnetId.1}.
   */
  public List<String> list(String prefix) {
    return numbers(prefix).stream().flatMap(n -> one(prefix + "." + n).stream()).toList();
  }

  /** The structures of a list, each with names relative to its own. */
  public List<Form> structures(String prefix) {
    List<Form> all = new ArrayList<>();
    for (int n : numbers(prefix)) {
      all.add(within(prefix + "." + n));
    }
    return all;
  }

  /** The structure of that name, with names relative to it; empty where it was not sent. */
  public Form within(String prefix) {
    Map<String, String> inner = new LinkedHashMap<>();
    String start = prefix + ".";
    values.forEach(
        (name, value) -> {
          if (name.startsWith(start)) {
            inner.put(name.substring(start.length()), value);
          }
        });
    return new Form(inner);
  }

  /** Whether nothing was sent. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  private NavigableSet<Integer> numbers(String prefix) {
    String start = prefix + ".";
    NavigableSet<Integer> numbers = new TreeSet<>();
    values.keySet().stream()
        .filter(name -> name.startsWith(start))
        .map(name -> name.substring(start.length()))
        .map(rest -> rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.')))
        .flatMap(Form::digits)
        .forEach(numbers::add);
    return numbers;
  }

  private static Stream<Integer> digits(String text) {
    boolean number =
        text.length() < 6 && !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    return number ? Stream.of(Integer.valueOf(text)) : Stream.empty();
  }
}

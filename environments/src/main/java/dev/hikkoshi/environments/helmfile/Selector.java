package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * helmfile's selector of releases by label: {@code tier=web,name!=old}. All terms must hold; a
 * release without the label passes {@code !=}.
 */
public record Selector(String text, List<Term> terms) {

  private static final Pattern TERM =
      Pattern.compile("([A-Za-z0-9_./+-]+)(!?=)([A-Za-z0-9_./+-]+)");

  /** Selects everything. */
  public static final Selector ALL = new Selector("", List.of());

  public Selector {
    terms = List.copyOf(terms);
  }

  /** One condition. */
  public record Term(String label, boolean equal, String value) {

    boolean holds(Map<String, String> labels) {
      return equal == value.equals(labels.getOrDefault(label, ""));
    }
  }

  /** A selector out of its text; empty when it is none. */
  public static Optional<Selector> parse(String text) {
    List<Matcher> terms =
        Arrays.stream(text.split(",", -1)).map(t -> TERM.matcher(t.strip())).toList();
    return terms.stream().allMatch(Matcher::matches)
        ? Optional.of(new Selector(text, terms.stream().map(Selector::term).toList()))
        : Optional.empty();
  }

  /** Reads a selector. */
  public static Type<Selector> type() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<Selector> selector = parse(text);
              if (selector.isPresent()) {
                return selector;
              }
              problems.add(
                  node.place(),
                  "\"" + text + "\" is no selector",
                  "expected for example tier=web,name!=old");
              return Optional.empty();
            });
  }

  private static Term term(Matcher parts) {
    return new Term(parts.group(1), parts.group(2).equals("="), parts.group(3));
  }

  /** Whether a release could pass both: no label is asked for with two values. */
  boolean agrees(Selector other) {
    return terms.stream()
        .filter(Term::equal)
        .allMatch(
            own ->
                other.terms.stream()
                    .filter(Term::equal)
                    .filter(term -> term.label().equals(own.label()))
                    .allMatch(term -> term.value().equals(own.value())));
  }

  boolean selects(Map<String, String> labels) {
    return terms.stream().allMatch(term -> term.holds(labels));
  }
}

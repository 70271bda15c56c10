package dev.hikkoshi.clusters.cel;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.UnknownContext;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.Expressions.Expression;
import dev.hikkoshi.environments.port.Expressions.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One expression that was compiled. Two of the same source are equal, as the port asks. */
final class CelExpression implements Expression {

  private static final int SHOWN = 400;

  private final String source;
  private final CelRuntime.Program program;

  CelExpression(String source, CelRuntime.Program program) {
    this.source = source;
    this.program = program;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Judged judge(Map<String, Object> values) {
    Map<String, Object> known = new TreeMap<>();
    List<CelAttributePattern> gaps = new ArrayList<>();
    Map<String, String> why = new TreeMap<>();
    values.forEach((name, value) -> take(name, value, known, gaps, why));
    try {
      Object answer =
          program.advanceEvaluation(
              UnknownContext.create(name -> Optional.ofNullable(known.get(name)), gaps));
      return switch (answer) {
        case Boolean holds -> new Judged(Optional.of(holds), used(known));
        case CelUnknownSet unknown -> new Judged(Optional.empty(), reasons(unknown, why));
        default -> new Judged(Optional.empty(), "it says neither true nor false");
      };
    } catch (CelEvaluationException e) {
      return new Judged(
          Optional.empty(), "it cannot be evaluated: " + cut(String.valueOf(e.getMessage())));
    }
  }

  /** A gap may be a whole value, or one of its members. */
  private static void take(
      String name,
      Object value,
      Map<String, Object> known,
      List<CelAttributePattern> gaps,
      Map<String, String> why) {
    switch (value) {
      case Unknown<?>(String what, String reason) -> {
        gaps.add(CelAttributePattern.create(name));
        why.put(name, what + ": " + reason);
      }
      case Map<?, ?> members -> {
        Map<String, Object> there = new TreeMap<>();
        members.forEach(
            (key, member) -> {
              String inner = String.valueOf(key);
              if (member instanceof Unknown<?>(String what, String reason)) {
                gaps.add(
                    CelAttributePattern.create(name)
                        .qualify(CelAttribute.Qualifier.ofString(inner)));
                why.put(name + "." + inner, what + ": " + reason);
              } else {
                there.put(inner, member);
              }
            });
        known.put(name, there);
      }
      default -> known.put(name, value);
    }
  }

  private static String reasons(CelUnknownSet unknown, Map<String, String> why) {
    String names =
        unknown.attributes().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    String reasons = why.values().stream().distinct().sorted().collect(Collectors.joining("; "));
    return cut(
        "not known: "
            + (names.isEmpty() ? "" : names + " (")
            + reasons
            + (names.isEmpty() ? "" : ")"));
  }

  /** The values whose names occur in the expression. */
  private String used(Map<String, Object> known) {
    return cut(
        known.entrySet().stream()
            .filter(e -> Pattern.compile("\\b" + e.getKey() + "\\b").matcher(source).find())
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static String cut(String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CelExpression that && that.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}

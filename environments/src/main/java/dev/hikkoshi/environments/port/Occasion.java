package dev.hikkoshi.environments.port;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * At what point of a move something is asked.
 *
 * @param step the step that is about to begin, or that lasts; from 1
 * @param percent of that step
 * @param phase of the move
 */
public record Occasion(
    String environment,
    String move,
    String check,
    String route,
    int step,
    int percent,
    Optional<String> from,
    String to,
    String phase) {

  /**
   * Fills in {@code {{environment}}}, {@code {{move}}}, {@code {{route}}}, {@code {{step}}}, {@code
   * {{percent}}}, {@code {{from}}} (empty where there is no old side), {@code {{to}}} and {@code
   * {{cluster}}} (the same) and {@code {{phase}}}; nothing else.
   */
  public String fill(String text) {
    if (!text.contains("{{")) {
      return text;
    }
    return text.replace("{{environment}}", environment)
        .replace("{{move}}", move)
        .replace("{{route}}", route)
        .replace("{{step}}", Integer.toString(step))
        .replace("{{percent}}", Integer.toString(percent))
        .replace("{{from}}", from.orElse(""))
        .replace("{{to}}", to)
        .replace("{{cluster}}", to)
        .replace("{{phase}}", phase);
  }

  /** The same in every text of plain values. */
  public Map<String, Object> fill(Map<String, Object> values) {
    Map<String, Object> filled = new LinkedHashMap<>();
    values.forEach((key, value) -> filled.put(key, filled(value)));
    return filled;
  }

  private Object filled(Object value) {
    return switch (value) {
      case String text -> fill(text);
      case List<?> items -> items.stream().map(this::filled).toList();
      case Map<?, ?> map -> {
        Map<String, Object> filled = new LinkedHashMap<>();
        map.forEach((key, inner) -> filled.put(String.valueOf(key), filled(inner)));
        yield filled;
      }
      default -> value;
    };
  }
}

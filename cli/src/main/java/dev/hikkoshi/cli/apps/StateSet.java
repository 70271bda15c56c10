package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --state-values-set} says, by helmfile's own rules and not Helm's: {@code
 * a.b[1].c=2,d=x}; a dot is escaped by a backslash; {@code true}, {@code false} and {@code null} in
 * any case, and whole numbers that do not begin with 0, are no text.
 */
final class StateSet {

  private static final Pattern STRING =
      Pattern.compile("(?:,|^)([^\\s=]+)=(['\"][^'\"]*['\"]|[^,]+)");
  private static final Pattern INDEXED = Pattern.compile("([^\\[\\]\\s]+)\\[(\\d+)\\]");
  private static final Pattern NUMBER = Pattern.compile("0|[-+]?[1-9]\\d*|[-+]0\\d*");

  /** A list longer than this is a slip of the finger that would cost memory. */
  private static final int LONGEST = 10_000;

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private StateSet() {}

  /**
   * The values of all flags.
   *
   * @param sets of {@code --state-values-set}, later ones win
   * @param strings of {@code --state-values-set-string}, below the others
   * @throws CliException for what is no assignment
   */
  static Map<String, @Nullable Object> of(List<String> sets, List<String> strings) {
    StateSet set = new StateSet();
    for (String flag : strings) {
      Matcher pair = STRING.matcher(flag);
      while (pair.find()) {
        set.assign(pair.group(1), pair.group(2));
      }
    }
    for (String flag : sets) {
      for (String pair : flag.split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new CliException(
              Exit.USAGE,
              "--state-values-set: '%s' is no KEY=VALUE".formatted(pair),
              "Several are separated by commas: a.b=1,c[0]=x");
        }
        set.assign(pair.substring(0, equals), typed(pair.substring(equals + 1)));
      }
    }
    return set.values;
  }

  private static @Nullable Object typed(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    if (text.equalsIgnoreCase("null")) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        // Beyond 64 bits it stays text, as it does there.
      }
    }
    return text;
  }

  private void assign(String path, @Nullable Object value) {
    List<String> steps = steps(path);
    if (steps.isEmpty()) {
      throw new CliException(
          Exit.USAGE, "--state-values-set: '%s' names no key".formatted(path), "");
    }
    Map<String, @Nullable Object> at = values;
    for (String step : steps.subList(0, steps.size() - 1)) {
      at = below(at, step, path);
    }
    String last = steps.getLast();
    Matcher indexed = INDEXED.matcher(last);
    if (indexed.matches()) {
      list(at, indexed, path).set(index(indexed, path), value);
    } else {
      at.put(last, value);
    }
  }

  private static Map<String, @Nullable Object> below(
      Map<String, @Nullable Object> at, String step, String path) {
    Matcher indexed = INDEXED.matcher(step);
    if (indexed.matches()) {
      List<@Nullable Object> list = list(at, indexed, path);
      int index = index(indexed, path);
      if (list.get(index) == null) {
        list.set(index, new LinkedHashMap<String, @Nullable Object>());
      }
      return map(list.get(index), path);
    }
    return map(at.computeIfAbsent(step, _ -> new LinkedHashMap<String, @Nullable Object>()), path);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> map(@Nullable Object value, String path) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new CliException(
        Exit.USAGE,
        "--state-values-set: '%s' goes through something that is no map".formatted(path),
        "");
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(
      Map<String, @Nullable Object> at, Matcher indexed, String path) {
    Object there = at.computeIfAbsent(indexed.group(1), _ -> new ArrayList<@Nullable Object>());
    if (!(there instanceof List<?> known)) {
      throw new CliException(
          Exit.USAGE,
          "--state-values-set: '%s' goes through something that is no list".formatted(path),
          "");
    }
    List<@Nullable Object> list = (List<@Nullable Object>) known;
    int missing = index(indexed, path) + 1 - list.size();
    if (missing > 0) {
      list.addAll(Collections.nCopies(missing, null));
    }
    return list;
  }

  private static int index(Matcher indexed, String path) {
    String digits = indexed.group(2);
    if (digits.length() > 5 || Integer.parseInt(digits) > LONGEST) {
      throw new CliException(
          Exit.USAGE,
          "--state-values-set: '%s' makes a list of more than %d".formatted(path, LONGEST),
          "");
    }
    return Integer.parseInt(digits);
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    StringBuilder step = new StringBuilder();
    boolean escaped = false;
    for (char c : path.toCharArray()) {
      if (!escaped && c == '\\') {
        escaped = true;
        continue;
      }
      if (c == '.' && !escaped) {
        steps.add(step.toString());
        step.setLength(0);
      } else {
        step.append(c);
      }
      escaped = false;
    }
    if (!step.isEmpty()) {
      steps.add(step.toString());
    }
    return steps;
  }
}

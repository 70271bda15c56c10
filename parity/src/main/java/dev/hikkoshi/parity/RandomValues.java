package dev.hikkoshi.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Random values as YAML in flow style. The keys are few, so that maps of different files meet, and
 * the scalars are those that merging and YAML treat differently: zeros, null, words that one YAML
 * takes for a boolean, numbers in several forms.
 */
final class RandomValues {

  private static final List<String> KEYS = List.of("a", "b", "c", "d", "flag", "list");
  private static final List<String> SCALARS =
      List.of(
          "1",
          "0",
          "-7",
          "1.5",
          "12345678",
          "true",
          "false",
          "null",
          "\"\"",
          "text",
          "\"yes\"",
          "\"1\"",
          "\"a: b\"",
          "\"two words\"",
          "other");

  /**
   * Forms that YAML knows several of. No date: we refuse one without quotes, helmfile rewrites it.
   */
  private static final List<String> ODD =
      List.of("yes", "off", "0755", "0x1F", "~", "1_000", "1e3", "12:30:00", ".5");

  private static final int DEPTH = 3;

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** From none to the most of something. */
  List<String> some(int most, Supplier<String> one) {
    List<String> list = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      list.add(one.get());
    }
    return list;
  }

  /** A map in flow style. */
  String map() {
    return map(0);
  }

  String key() {
    return pick(KEYS);
  }

  String scalar() {
    return chance(15) ? pick(ODD) : pick(SCALARS);
  }

  private String map(int depth) {
    List<String> keys = new ArrayList<>(KEYS);
    List<String> entries = new ArrayList<>();
    int count = random.nextInt(depth == 0 ? 5 : 3);
    for (int i = 0; i < count; i++) {
      String key = keys.remove(random.nextInt(keys.size()));
      entries.add(key + ": " + of(key, depth + 1));
    }
    // Never two braces in a row: that would be a template.
    return "{ " + String.join(", ", entries) + " }";
  }

  /** A key is a list everywhere or nowhere: helmfile fails where bases disagree about it. */
  private String of(String key, int depth) {
    return switch (key) {
      case "flag" -> flag();
      case "list" -> list(depth);
      default -> depth < DEPTH && chance(40) ? map(depth) : scalar();
    };
  }

  private String flag() {
    return chance(85) ? "{ enabled: " + pick(List.of("true", "false", "null", "1")) + " }" : "{ }";
  }

  private String value(int depth) {
    int kind = random.nextInt(10);
    if (depth >= DEPTH || kind < 5) {
      return scalar();
    }
    return kind < 7 ? list(depth) : map(depth);
  }

  private String list(int depth) {
    return some(3, () -> value(depth + 1)).stream().collect(Collectors.joining(", ", "[", "]"));
  }
}

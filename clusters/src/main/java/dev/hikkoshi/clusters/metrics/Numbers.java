package dev.hikkoshi.clusters.metrics;

import java.util.Optional;

/** Numbers as Prometheus writes them. */
final class Numbers {

  private Numbers() {}

  static Optional<Double> parse(String text) {
    return switch (text) {
      case "NaN" -> Optional.of(Double.NaN);
      case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> finite(text);
    };
  }

  private static Optional<Double> finite(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}

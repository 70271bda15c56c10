package dev.hikkoshi.sandbox.cloudwatch;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is kept of the values of a period: count, sum, extremes and a histogram in steps of one
 * percent, so that percentiles are within one percent of the true ones.
 */
final class Statistics {

  private static final double STEP = Math.log(1.01);
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(\\.\\d{1,10})?|100)");

  private long count;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private final SortedMap<Integer, Long> histogram = new TreeMap<>();

  void add(double value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    histogram.merge(step(value), 1L, Long::sum);
  }

  void add(Statistics other) {
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    other.histogram.forEach((step, n) -> histogram.merge(step, n, Long::sum));
  }

  private static int step(double value) {
    return value <= 0 ? Integer.MIN_VALUE : (int) Math.round(Math.log(value) / STEP);
  }

  /** Whether there is a statistic of that name. */
  static boolean known(String statistic) {
    return switch (statistic) {
      case "SampleCount", "Average", "Sum", "Minimum", "Maximum" -> true;
      default -> PERCENTILE.matcher(statistic).matches();
    };
  }

  /** A statistic; none of no values. */
  OptionalDouble get(String statistic) {
    if (count == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        switch (statistic) {
          case "SampleCount" -> count;
          case "Average" -> sum / count;
          case "Sum" -> sum;
          case "Minimum" -> min;
          case "Maximum" -> max;
          default -> percentile(Double.parseDouble(statistic.substring(1)));
        });
  }

  private double percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : histogram.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        double value = entry.getKey() == Integer.MIN_VALUE ? 0 : Math.exp(entry.getKey() * STEP);
        return Math.clamp(value, min, max);
      }
    }
    return max;
  }
}

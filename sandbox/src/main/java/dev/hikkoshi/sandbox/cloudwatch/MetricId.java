package dev.hikkoshi.sandbox.cloudwatch;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a metric is known by.
 *
 * @param namespace for example {@code AWS/ApplicationELB}
 * @param dimensions all of them: a query that names fewer is another metric
 */
public record MetricId(String namespace, String name, SortedMap<String, String> dimensions) {

  public MetricId {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }

  /** A metric by its parts. */
  public static MetricId of(String namespace, String name, Map<String, String> dimensions) {
    return new MetricId(namespace, name, new TreeMap<>(dimensions));
  }
}

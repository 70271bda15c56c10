package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A packed chart's content.
 *
 * @param name from its Chart.yaml
 * @param version from its Chart.yaml
 * @param files by path below the chart's folder
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UnpackedChart(String name, String version, SortedMap<String, byte[]> files) {

  public UnpackedChart {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}

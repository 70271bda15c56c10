package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.hikkoshi.environments.collection.Sorted;
import java.util.SortedMap;

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
    files = Sorted.copyOf(files);
  }
}

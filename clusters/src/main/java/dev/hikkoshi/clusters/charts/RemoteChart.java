package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.environments.collection.Sorted;
import java.util.SortedMap;

/**
 * A chart that was fetched.
 *
 * @param version the exact one, which a range came to
 * @param digest SHA-256 of the archive, in hexadecimal
 * @param files by path below the chart's folder
 */
public record RemoteChart(String version, String digest, SortedMap<String, byte[]> files) {

  public RemoteChart {
    files = Sorted.copyOf(files);
  }

  long bytes() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  @Override
  public String toString() {
    return "chart " + version + ", sha256 " + digest;
  }
}

package dev.hikkoshi.clusters.charts;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chart that was fetched.
 *
 * @param version the exact one, which a range came to
 * @param digest SHA-256 of the archive, in hexadecimal
 * @param files by path below the chart's folder
 */
public record RemoteChart(String version, String digest, SortedMap<String, byte[]> files) {

  public RemoteChart {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  long bytes() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  @Override
  public String toString() {
    return "chart " + version + ", sha256 " + digest;
  }
}

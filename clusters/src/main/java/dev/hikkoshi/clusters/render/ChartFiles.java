package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** A chart that travels with the request. */
public sealed interface ChartFiles {

  /**
   * The files of a chart's folder, {@code .helmignore} not yet applied.
   *
   * @param files path relative to the chart, with slashes → bytes
   */
  record Folder(Map<String, byte[]> files) implements ChartFiles {
    public Folder {
      files = Map.copyOf(files);
    }
  }

  /** A packed chart ({@code .tgz}). */
  record Archive(byte[] bytes) implements ChartFiles {}

  /** Adds the chart to a request. */
  default void write(ObjectNode request) {
    switch (this) {
      case Folder folder -> {
        ObjectNode files = request.putObject("files");
        new TreeMap<>(folder.files()).forEach(files::put);
      }
      case Archive archive -> request.put("archive", archive.bytes());
    }
  }
}

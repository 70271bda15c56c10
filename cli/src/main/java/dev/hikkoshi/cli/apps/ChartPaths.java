package dev.hikkoshi.cli.apps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code chartPath} that {@code helmfile build} adds to a release whose chart is a folder: how
 * that folder is reached from where the command was started.
 */
final class ChartPaths {

  private ChartPaths() {}

  /**
   * The document with chart paths.
   *
   * @param started where the user stands
   * @param folder of the state file, absolute
   */
  static Map<String, Object> added(Map<String, Object> document, Path started, Path folder) {
    if (!(document.get("releases") instanceof List<?> releases)) {
      return document;
    }
    List<Object> all = new ArrayList<>();
    for (Object release : releases) {
      all.add(release instanceof Map<?, ?> fields ? release(fields, started, folder) : release);
    }
    Map<String, Object> copy = new LinkedHashMap<>(document);
    copy.put("releases", all);
    return copy;
  }

  private static Object release(Map<?, ?> fields, Path started, Path folder) {
    if (!(fields.get("chart") instanceof String chart)
        || Boolean.FALSE.equals(fields.get("installed"))
        || !local(chart)) {
      return fields;
    }
    Path place = folder.resolve(chart).normalize();
    String path = started.relativize(place).toString().replace('\\', '/');
    if (!Files.isDirectory(place) || path.equals(chart)) {
      return fields;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(fields);
    copy.put("chartPath", path);
    return copy;
  }

  /** helmfile's rule: {@code repository/chart} is none, {@code chart} is one. */
  private static boolean local(String chart) {
    if (chart.startsWith("./") || chart.startsWith("../")) {
      return true;
    }
    int parts = chart.split("/", -1).length;
    return !chart.contains("://") && (parts == 1 || parts > 3);
  }
}

package dev.hikkoshi.cli.apps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code chartPath} that {@code helmfile build} adds to a release whose chart is a folder: how
 * that folder is reached from the state file's own, where that differs from what the file says.
 */
final class ChartPaths {

  private ChartPaths() {}

  /**
   * The document with chart paths.
   *
   * @param folder of the state file, absolute
   * @param whole whether paths begin at the root
   */
  static Map<String, Object> added(Map<String, Object> document, Path folder, boolean whole) {
    if (!(document.get("releases") instanceof List<?> releases)) {
      return document;
    }
    Object values = document.get("renderedvalues");
    List<Object> all = new ArrayList<>();
    for (Object release : releases) {
      boolean on = release instanceof Map<?, ?> fields && on(fields.get("condition"), values);
      all.add(on && release instanceof Map<?, ?> fields ? release(fields, folder, whole) : release);
    }
    Map<String, Object> copy = new LinkedHashMap<>(document);
    copy.put("releases", all);
    return copy;
  }

  private static Object release(Map<?, ?> fields, Path folder, boolean whole) {
    if (!(fields.get("chart") instanceof String chart)
        || Boolean.FALSE.equals(fields.get("installed"))
        || !local(chart)) {
      return fields;
    }
    Path place = folder.resolve(chart).normalize();
    String path = (whole ? place : Path.of(chart).normalize()).toString().replace('\\', '/');
    if (!Files.isDirectory(place) || path.equals(chart)) {
      return fields;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(fields);
    copy.put("chartPath", path);
    return copy;
  }

  /** A release that its condition leaves out needs no chart. */
  private static boolean on(@Nullable Object condition, @Nullable Object values) {
    if (!(condition instanceof String path) || path.isEmpty() || path.equals("true")) {
      return true;
    }
    Object at = values;
    for (String step : path.split("\\.")) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return Boolean.TRUE.equals(at);
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

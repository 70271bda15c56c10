package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import dev.hikkoshi.environments.port.TemplateScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small charts, and wishes for releases of them. */
final class Charts {

  private static final TemplateScope SCOPE =
      new TemplateScope("production", "", Map.of(), Map.of("tier", "gold"), "", "", "", Map.of());

  private static final FileTree NO_FILES =
      new FileTree() {
        @Override
        public String commit() {
          return "none";
        }

        @Override
        public Optional<byte[]> read(String path) {
          return Optional.empty();
        }

        @Override
        public List<String> files(String directory) {
          return List.of();
        }
      };

  private Charts() {}

  /** A chart of templates by name, with a Chart.yaml. */
  static SortedMap<String, String> chart(String name, String... pathsAndTexts) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("Chart.yaml", "apiVersion: v2\nname: %s\nversion: 1.0.0\n".formatted(name));
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return files;
  }

  static String configMap(String name, String data) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: %s
    data:
      %s
    """
        .formatted(name, data);
  }

  static String deployment(String name, String extra) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: %1$s
    spec:
      replicas: 2
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s}}
        spec:
          containers:
            - {name: app, image: "registry.invalid/app:1"%2$s}
    """
        .formatted(name, extra);
  }

  static WantedRelease release(ReleaseId id, Map<String, String> chart, Values... values) {
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    chart.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return with(ReleaseSettings.HELMFILE.withHistoryMax(3), id, bytes, values);
  }

  /** A chart as it stands on a disk. */
  static WantedRelease whole(ReleaseId id, SortedMap<String, byte[]> chart, Values... values) {
    return with(ReleaseSettings.HELMFILE, id, chart, values);
  }

  private static WantedRelease with(
      ReleaseSettings settings, ReleaseId id, SortedMap<String, byte[]> chart, Values... values) {
    return new WantedRelease(
        id,
        settings,
        Map.of(),
        new ChartSource.Folder("charts/" + id.name(), chart),
        List.of(values),
        new Templating(SCOPE, "", id.namespace(), "charts/" + id.name(), "", List.of(), ""));
  }

  static Values file(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return path.endsWith(".gotmpl")
        ? new Values.Template(path, content, NO_FILES)
        : new Values.File(path, content);
  }

  static Values.Inline values(Map<String, Object> map) {
    return new Values.Inline(map);
  }

  static Wanted wanted(WantedRelease... releases) {
    return wanted(Map.of(), releases);
  }

  static Wanted wanted(Map<String, Backend> backends, WantedRelease... releases) {
    return new Wanted(
        "digest",
        new Facts("shop", "shop-1-37-1", "1.37", "eu-west-1", "111122223333"),
        List.of(releases),
        Set.of(),
        backends,
        false);
  }

  /** Writes a chart for the helm command line. */
  static String onDisk(Path folder, Map<String, String> chart) throws IOException {
    for (Map.Entry<String, String> file : chart.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    return folder.toString();
  }
}

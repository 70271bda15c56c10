package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.HelmfileRelease.Need;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import dev.hikkoshi.environments.port.TemplateScope;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Reads one entry of {@code releases}. */
final class ReleaseReader {

  /** Helm's own bound on a release's name. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String VALUES_RULE = "values come from files and inline maps";

  private final SourceFiles files;
  private final String base;
  private final Charts charts;
  private final Defaults defaults;
  private final Map<String, String> commonLabels;

  ReleaseReader(
      SourceFiles files,
      String base,
      Charts charts,
      Defaults defaults,
      Map<String, String> commonLabels) {
    this.files = files;
    this.base = base;
    this.charts = charts;
    this.defaults = defaults;
    this.commonLabels = commonLabels;
  }

  /** {@code helmDefaults}; what is absent is helmfile's own. */
  record Defaults(boolean awaitReady, int timeout, boolean createNamespace, int historyMax) {

    static final Defaults HELMFILE = new Defaults(false, 300, true, 10);

    static Optional<Defaults> read(Fields fields) {
      Defaults defaults = settings(fields, HELMFILE);
      fields.notYet(Refused.DEFAULTS_NOT_YET);
      fields.refuse(Refused.DEFAULTS);
      return fields.make(() -> defaults);
    }

    ReleaseSettings release() {
      return new ReleaseSettings(
          createNamespace,
          awaitReady,
          false,
          Duration.ofSeconds(timeout),
          false,
          false,
          historyMax,
          false,
          false,
          Optional.empty());
    }

    static Defaults settings(Fields fields, Defaults absent) {
      return new Defaults(
          fields.get("wait", Types.goBool(), absent.awaitReady()),
          fields.get("timeout", Types.integer(1, 86_400), absent.timeout()),
          fields.get("createNamespace", Types.goBool(), absent.createNamespace()),
          fields.get("historyMax", Types.integer(1, 1_000), absent.historyMax()));
    }
  }

  Optional<HelmfileRelease> release(Fields fields) {
    var name = fields.need("name", named(NAME, "a release's name"), "the release's name");
    String namespace = fields.get("namespace", named(NAMESPACE, "a namespace"), "default");
    var chart = fields.need("chart", this::chart, "a folder with Chart.yaml");
    // Helm takes no version for a chart in a folder, so neither does anybody here.
    fields.get("version", Types.literal());
    boolean installed = fields.get("installed", Types.goBool(), true);
    Defaults settings = Defaults.settings(fields, defaults);
    Map<String, String> own =
        fields.get("labels", Types.map(Types.text(), Types.literal()), Map.of());
    List<Values> values = fields.get("values", Types.list(this::values), List.of());
    List<Need> needs = fields.get("needs", Types.list(need(namespace)), List.of());
    fields.notYet(Refused.RELEASE_NOT_YET);
    fields.refuse(Refused.RELEASE);
    return fields.make(
        () -> {
          ReleaseId id = new ReleaseId(namespace, name.orElseThrow());
          Loaded loaded = chart.orElseThrow();
          Map<String, String> labels = new HashMap<>(own);
          labels.putAll(commonLabels);
          WantedRelease wanted =
              new WantedRelease(
                  id,
                  settings.release(),
                  labels,
                  new ChartSource.Folder(loaded.name(), loaded.files()),
                  values,
                  new Templating(TemplateScope.EMPTY, namespace, loaded.name(), "", List.of(), ""));
          return new HelmfileRelease(id, loaded.name(), installed, needs, wanted);
        });
  }

  private record Loaded(String name, SortedMap<String, byte[]> files) {}

  private static Type<String> named(Pattern form, String expected) {
    return Types.literal().then(Types.matching(form, expected));
  }

  private Optional<Loaded> chart(Node node, Problems problems) {
    return Types.literal()
        .read(node, problems)
        .flatMap(
            path ->
                charts
                    .load(base, path, node.place())
                    .map(loaded -> new Loaded(lastName(path), loaded)));
  }

  private static String lastName(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private Optional<Values> values(Node node, Problems problems) {
    if (node instanceof Mapping) {
      return PlainValues.map().read(node, problems).map(Values.Inline::new);
    }
    return Types.literal().read(node, problems).flatMap(path -> file(path, node.place(), problems));
  }

  private Optional<Values> file(String path, Place place, Problems problems) {
    Optional<String> resolved = SourceFiles.resolve(base, path);
    if (resolved.isEmpty()) {
      problems.add(place, "\"" + path + "\" leads out of the repository", VALUES_RULE);
      return Optional.empty();
    }
    return files
        .need(resolved.get(), place)
        .map(
            content ->
                path.endsWith(".gotmpl")
                    ? new Values.Template(resolved.get(), content, files.tree())
                    : new Values.File(resolved.get(), content));
  }

  /** {@code name} in the release's own namespace, or {@code namespace/name}. */
  private static Type<Need> need(String namespace) {
    return Types.literal()
        .then(
            (text, node, problems) -> {
              String[] parts = text.split("/", -1);
              if (parts.length > 2) {
                problems.add(node.place(), "refused: a need in another context", "namespace/name");
                return Optional.empty();
              }
              String in = parts.length == 2 ? parts[0] : namespace;
              return Optional.of(
                  new Need(new ReleaseId(in, parts[parts.length - 1]), node.place()));
            });
  }
}

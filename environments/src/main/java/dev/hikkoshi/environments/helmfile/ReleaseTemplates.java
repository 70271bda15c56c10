package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Renders the texts of releases. They may speak of each other through {@code .Release}, so the
 * fields that it shows are rendered again until none changes.
 */
final class ReleaseTemplates {

  /** As helmfile has it. */
  private static final int MOST_ROUNDS = 6;

  private final HelmfileState state;
  private final StateFile file;
  private final Rendering rendering;
  private final Problems problems;

  /** Makes it for one file. */
  ReleaseTemplates(HelmfileState state, StateFile file, Rendering rendering, Problems problems) {
    this.state = state;
    this.file = file;
    this.rendering = rendering.where(state.sure());
    this.problems = problems;
  }

  /** The fields that {@code .Release} shows. */
  record Visible(
      String name,
      String chart,
      String namespace,
      String version,
      String context,
      Map<String, String> labels) {

    Visible {
      labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
  }

  /** Renders what {@code .Release} shows up to a fixed point; empty when one of them fails. */
  Optional<Visible> settle(ReleaseSpec spec) {
    Map<String, String> labels = new TreeMap<>();
    spec.labels().forEach((key, said) -> labels.put(key, said.text()));
    Visible before =
        new Visible(
            spec.name().text(),
            spec.chart().text(),
            spec.namespace().text(),
            spec.version().text(),
            spec.settings().over(file.defaults()).context().orElse(""),
            labels);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Visible> next = round(spec, before);
      if (next.isEmpty() || next.get().equals(before)) {
        return next;
      }
      before = next.get();
    }
    problems.add(
        spec.place(),
        "the release's templates refer to each other without end",
        "name, chart, namespace, version and labels change with each of "
            + MOST_ROUNDS
            + " rounds");
    return Optional.empty();
  }

  private Optional<Visible> round(ReleaseSpec spec, Visible seen) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, Said> label : spec.labels().entrySet()) {
      Optional<String> text = render(label.getValue(), seen);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      labels.put(label.getKey(), text.get());
    }
    Optional<String> name = render(spec.name(), seen);
    Optional<String> chartName = render(spec.chart(), seen);
    Optional<String> in = render(spec.namespace(), seen);
    Optional<String> version = render(spec.version(), seen);
    if (name.isEmpty() || chartName.isEmpty() || in.isEmpty() || version.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Visible(
            name.get().strip(),
            chartName.get().strip(),
            in.get().strip(),
            version.get().strip(),
            seen.context(),
            labels));
  }

  /** One text of the release; empty exactly when it fails. */
  Optional<String> render(Said said, Visible seen) {
    return said.isTemplate()
        ? rendering.render(said.text(), said.place(), state.folder(), dot(seen))
        : Optional.of(said.text());
  }

  private Map<String, Object> dot(Visible seen) {
    Map<String, Object> release = new LinkedHashMap<>();
    release.put("Name", seen.name());
    release.put("Namespace", seen.namespace());
    release.put("Labels", seen.labels());
    release.put("Chart", seen.chart());
    release.put("ChartVersion", seen.version());
    release.put("KubeContext", seen.context());
    Map<String, Object> environment =
        Map.of(
            "Name",
            state.environment(),
            "KubeContext",
            state.context(),
            "Values",
            state.environmentValues());
    Map<String, Object> dot = new LinkedHashMap<>();
    dot.put("Environment", environment);
    dot.put("Values", state.values());
    dot.put("StateValues", state.values());
    dot.put("Release", release);
    dot.put("Namespace", file.namespace().text());
    dot.put("Chart", file.chart().text());
    dot.put("KubeContext", file.context().text());
    return dot;
  }
}

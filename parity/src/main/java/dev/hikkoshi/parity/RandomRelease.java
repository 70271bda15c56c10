package dev.hikkoshi.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Releases and release templates of a random helmfile, as lines of YAML. */
final class RandomRelease {

  private static final List<String> LABELS = List.of("tier: web", "tier: db", "team: blue");
  private static final List<String> FLAGS =
      List.of(
          "wait: true",
          "wait: false",
          "timeout: 0",
          "timeout: 30",
          "atomic: true",
          "createNamespace: false",
          "cleanupOnFail: true",
          "historyMax: 3",
          "version: 0.1.0",
          "installed: true",
          "missingFileHandler: Warn");

  private final RandomValues random;
  private final Map<String, String> files;
  private final String folder;
  private final String chart;
  private final boolean template;

  /**
   * Releases of one state file.
   *
   * @param files where values files are put
   * @param folder of the state file, empty or with a slash at its end
   * @param template whether the state file is a template
   */
  RandomRelease(RandomValues random, Map<String, String> files, String folder, boolean template) {
    this.random = random;
    this.files = files;
    this.folder = folder;
    this.chart = folder.isEmpty() ? "./chart" : "../chart";
    this.template = template;
  }

  /** A release; it may need those before it. */
  String release(String name, List<String> before, List<String> templates) {
    List<String> lines = new ArrayList<>();
    lines.add("name: " + name);
    lines.add("chart: " + chart);
    body(lines, templates, 40);
    if (!before.isEmpty() && random.chance(25)) {
      lines.add("needs: [" + random.pick(before) + "]");
    }
    if (random.chance(5)) {
      lines.add("condition: " + random.pick(List.of("flag.enabled", "flag.enabled", "a.enabled")));
    }
    if (random.chance(8)) {
      lines.add("installed: false");
    }
    return "  - " + String.join("\n    ", lines) + "\n";
  }

  /** A release template. */
  String template(String name, List<String> before) {
    List<String> lines = new ArrayList<>();
    body(lines, before, 20);
    if (lines.isEmpty()) {
      lines.add("labels: { }");
    }
    return "  " + name + ":\n    " + String.join("\n    ", lines) + "\n";
  }

  private void body(List<String> lines, List<String> templates, int inheriting) {
    if (random.chance(40)) {
      lines.add(
          "namespace: "
              + (random.chance(15)
                  ? later("{{ .Release.Name }}-ns")
                  : random.pick(List.of("web", "data"))));
    }
    if (random.chance(40)) {
      lines.add("labels: { " + labels() + " }");
    }
    if (random.chance(30)) {
      lines.add(random.pick(FLAGS));
    }
    if (!templates.isEmpty() && random.chance(inheriting)) {
      lines.add("inherit:\n" + inherit(templates).indent(6).stripTrailing());
    }
    list(lines, "values", random.some(3, this::values));
    list(lines, "valuesTemplate", random.chance(15) ? List.of(valuesTemplate()) : List.of());
    list(lines, "set", random.chance(15) ? List.of(set()) : List.of());
    list(lines, "setString", random.chance(8) ? List.of("{ name: s, value: \"1\" }") : List.of());
  }

  private String labels() {
    String one = random.pick(LABELS);
    String two = random.chance(20) ? "x: " + later("{{ .Release.Name }}") : random.pick(LABELS);
    return one.split(":")[0].equals(two.split(":")[0]) ? one : one + ", " + two;
  }

  private String inherit(List<String> templates) {
    String one = "- template: " + random.pick(templates);
    return random.chance(20)
        ? one + "\n  except: [" + random.pick(List.of("labels", "values", "set")) + "]"
        : one;
  }

  private static void list(List<String> lines, String key, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(key).append(":");
    entries.forEach(entry -> text.append("\n      - ").append(entry));
    lines.add(text.toString());
  }

  private String values() {
    return switch (random.below(template ? 6 : 4)) {
      case 0 -> file("yaml", random.map() + "\n");
      case 1 -> file("yaml.gotmpl", templated());
      case 4 -> "{{ .Values | toYaml | nindent 8 }}";
      case 5 -> "{ got: {{ .Values | get \"" + random.key() + "\" \"none\" | toJson | quote }} }";
      default -> random.map();
    };
  }

  private String templated() {
    return """
        release: {{ .Release.Name }}
        namespace: {{ .Release.Namespace | quote }}
        environment: {{ .Environment.Name }}
        {{- if hasKey .Values "%1$s" }}
        there: {{ get "%1$s" .Values | toJson }}
        {{- end }}
        all:
          {{- .Values | toYaml | nindent 2 }}
        """
        .formatted(random.key());
  }

  private String valuesTemplate() {
    String expression =
        random.chance(50)
            ? "{{ .Release.Name }}"
            : "{{ .Values | getOrNil \"%s\" }}".formatted(random.key());
    return "{ t: " + later(expression) + " }";
  }

  /** An expression for the time when the release is known; a state file's own time is sooner. */
  private String later(String expression) {
    return template ? "'{{`" + expression + "`}}'" : "'" + expression + "'";
  }

  private String set() {
    return "{ name: %s, value: %s }"
        .formatted(
            random.pick(List.of("a.b", "c", "list[1]", "d.e.f")),
            random.pick(List.of("1", "true", "text", "1.5", "\"12a\"")));
  }

  private String file(String ending, String text) {
    String name = "values-" + files.size() + "." + ending;
    files.put(folder + name, text);
    return name;
  }
}

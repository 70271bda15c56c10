package dev.hikkoshi.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One random state file with what it names: parts, bases, environments, releases. */
final class RandomState {

  static final List<String> ENVIRONMENTS = List.of("default", "test", "prod");
  private static final List<String> DEFAULTS =
      List.of(
          "wait: true",
          "wait: false",
          "timeout: 0",
          "timeout: 60",
          "atomic: true",
          "createNamespace: false",
          "historyMax: 0",
          "cleanupOnFail: true",
          "skipDeps: true");
  private static final List<String> COMMON = List.of("team: red", "team: blue", "stage: one");
  private static final List<String> INHERITS =
      List.of("commonLabels", "helmDefaults", "templates", "environments");

  private final RandomValues random;
  private final Map<String, String> files;
  private final String folder;
  private final String prefix;
  private final boolean template;
  private final List<String> templates = new ArrayList<>();

  /**
   * A state file.
   *
   * @param folder where it lies, empty or with a slash at its end
   * @param prefix names of its releases begin with it
   */
  RandomState(RandomValues random, Map<String, String> files, String folder, String prefix) {
    this.random = random;
    this.files = files;
    this.folder = folder;
    this.prefix = prefix;
    this.template = random.chance(70);
  }

  /** Writes it and returns its path. */
  String write(boolean subs) {
    List<String> parts = new ArrayList<>();
    parts.add(first());
    if (random.chance(40)) {
      parts.add(common() + environments(30));
    }
    parts.add(last(subs));
    parts.removeIf(String::isBlank);
    // No separator to helmfile: then environments and releases would share a part.
    boolean document =
        random.chance(20)
            && parts.size() > 1
            && !parts.get(parts.size() - 2).contains("environments:");
    String separator = document ? "--- # and so on\n" : "---\n";
    String text = String.join("---\n", parts.subList(0, parts.size() - 1));
    String whole = text.isEmpty() ? parts.getLast() : text + separator + parts.getLast();
    String name = folder + (template ? "helmfile.yaml.gotmpl" : "helmfile.yaml");
    files.put(name, whole);
    return name;
  }

  private String first() {
    StringBuilder text = new StringBuilder();
    if (random.chance(30)) {
      List<String> bases = new ArrayList<>();
      for (int i = 0; i <= random.below(2); i++) {
        bases.add(base(i));
      }
      text.append("bases: [").append(String.join(", ", bases)).append("]\n");
    }
    return text.append(defaultValues(50)).append(environments(100)).toString();
  }

  private String base(int number) {
    boolean rendered = random.chance(30);
    String name = "base-" + number + (rendered ? ".yaml.gotmpl" : ".yaml");
    StringBuilder text = new StringBuilder(common()).append(defaultValues(40));
    if (rendered && random.chance(50)) {
      text.append("namespace: \"{{ .Environment.Name }}\"\n");
    }
    if (random.chance(60)) {
      text.append(environments(100));
    } else if (random.chance(40)) {
      text.append("releases:\n")
          .append(releases(rendered).release(prefix + "base" + number, List.of(), List.of()));
    }
    files.put(folder + name, text.isEmpty() ? "commonLabels: { }\n" : text.toString());
    return name;
  }

  private String defaultValues(int percent) {
    if (!random.chance(percent)) {
      return "";
    }
    StringBuilder text = new StringBuilder("values:\n");
    for (int i = 0; i <= random.below(2); i++) {
      text.append("  - ").append(random.chance(70) ? random.map() : file()).append("\n");
    }
    return text.toString();
  }

  private String environments(int percent) {
    if (!random.chance(percent)) {
      return "";
    }
    StringBuilder text = new StringBuilder("environments:\n");
    for (String name : ENVIRONMENTS) {
      if (random.chance(90)) {
        text.append(environment(name));
      }
    }
    return text.toString();
  }

  private String environment(String name) {
    StringBuilder text = new StringBuilder("  ").append(name).append(":\n");
    if (random.chance(20)) {
      text.append("    mergeStrategy: ")
          .append(random.chance(80) ? "fallback" : "override")
          .append("\n");
    }
    List<String> entries = random.some(3, () -> random.chance(60) ? random.map() : file());
    if (random.chance(8)) {
      text.append("    missingFileHandler: Info\n");
      entries.add("nosuch-" + name + ".yaml");
    }
    if (!entries.isEmpty()) {
      text.append("    values:\n");
      entries.forEach(entry -> text.append("      - ").append(entry).append("\n"));
    }
    return text.toString();
  }

  private String file() {
    boolean rendered = random.chance(30);
    String name = "state-" + files.size() + (rendered ? ".yaml.gotmpl" : ".yaml");
    String text = random.map() + "\n";
    if (rendered) {
      text =
          """
          environment: {{ .Environment.Name }}
          seen: {{ .Values | getOrNil "%s" | toJson }}
          list: %s
          """
              .formatted(random.key(), random.pick(List.of("[1]", "[null, 2]", "[]")));
    }
    files.put(folder + name, text);
    return name;
  }

  private String common() {
    StringBuilder text = new StringBuilder();
    if (random.chance(30)) {
      text.append("commonLabels: { ").append(random.pick(COMMON)).append(" }\n");
    }
    if (random.chance(40)) {
      text.append("helmDefaults: { ").append(random.pick(DEFAULTS)).append(" }\n");
    }
    return text.toString();
  }

  private String last(boolean subs) {
    StringBuilder text = new StringBuilder(common());
    text.append(templates());
    if (random.chance(10) && !templates.isEmpty()) {
      text.append("defaultInherit:\n  - template: ").append(random.pick(templates)).append("\n");
    }
    if (subs) {
      text.append("helmfiles:\n");
      for (int i = 0; i <= random.below(2); i++) {
        text.append(sub(i));
      }
    }
    text.append("releases:\n");
    RandomRelease releases = releases(template);
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= random.below(3); i++) {
      String name = prefix + i;
      text.append(releases.release(name, names, templates));
      names.add(name);
    }
    return text.toString();
  }

  private RandomRelease releases(boolean rendered) {
    return new RandomRelease(random, files, folder, rendered);
  }

  private String templates() {
    if (!random.chance(40)) {
      return "";
    }
    RandomRelease releases = releases(template);
    StringBuilder text = new StringBuilder("templates:\n");
    for (int i = 0; i <= random.below(2); i++) {
      String name = "t" + i;
      text.append(releases.template(name, List.copyOf(templates)));
      templates.add(name);
    }
    return text.toString();
  }

  private String sub(int number) {
    String place = "sub" + number + "/";
    String path = new RandomState(random, files, place, "s" + number).write(false);
    StringBuilder text = new StringBuilder("  - path: ").append(path).append("\n");
    if (random.chance(50)) {
      text.append("    values:\n      - ").append(random.map()).append("\n");
    }
    if (random.chance(20)) {
      text.append("    selectors: [name=s").append(number).append("0]\n");
    } else if (random.chance(20)) {
      text.append("    selectorsInherited: true\n");
    }
    if (random.chance(30)) {
      text.append("    inherits: [").append(random.pick(INHERITS)).append("]\n");
    }
    return text.toString();
  }
}

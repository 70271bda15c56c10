package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Origin;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a state file. helmfile splits at exactly a line of three dashes: a blank or a comment
 * behind them begins a second document of the same part, which is merged by another rule.
 *
 * @param linesBefore lines of the file above its first
 */
record PartText(String text, int linesBefore) {

  private static final String SEPARATOR = "\n---\n";

  static List<PartText> split(String text) {
    List<PartText> parts = new ArrayList<>();
    int from = 0;
    int lines = 0;
    for (int at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, from)) {
      String part = text.substring(from, at);
      parts.add(new PartText(part, lines));
      lines += (int) part.chars().filter(c -> c == '\n').count() + 2;
      // The last line break of one separator may be the first of the next.
      from = at + SEPARATOR.length();
    }
    parts.add(new PartText(text.substring(from), lines));
    return parts;
  }

  /** Whether it is YAML before anything in it is rendered. */
  boolean isYaml() {
    Problems problems = new Problems();
    Yaml.documents(Origin.of("", linesBefore), text, problems);
    return problems.count() == 0;
  }
}

package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Everything that status says is not as it should be, a line each. */
final class Trouble {

  private Trouble() {}

  static List<String> in(JsonNode view) {
    List<String> lines = new ArrayList<>();
    view.path("problems").forEach(problem -> lines.add(problem.asText()));
    for (JsonNode release : view.path("releases")) {
      lines.add(words(release, "cluster", "release") + ": " + release.path("problem").asText());
    }
    for (JsonNode check : view.path("checks")) {
      if (check.path("verdict").asText().equals("fail")) {
        lines.add(words(check, "name", "subject") + ": " + check.path("evidence").asText());
      }
    }
    for (JsonNode hold : view.path("holds")) {
      lines.add("hold " + words(hold, "reason", "subject") + ": " + hold.path("text").asText());
    }
    return lines;
  }

  private static String words(JsonNode line, String first, String second) {
    return line.path(first).asText() + " " + line.path(second).asText();
  }
}

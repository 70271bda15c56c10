package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One {@code -f} of Helm. */
public sealed interface ValuesFile {

  /** What errors call it. */
  String name();

  /** A file's text, read as Helm reads it (YAML 1.1, several documents are merged). */
  record Text(String name, String yaml) implements ValuesFile {}

  /** An inline map. */
  record Inline(String name, ObjectNode map) implements ValuesFile {}

  /**
   * A file that SOPS encrypted for age, which only the worker opens. It becomes plain values in the
   * answer, and in Helm's record.
   */
  record Encrypted(String name, String text) implements ValuesFile {}

  /** Writes them in their order, weakest first. */
  static void write(List<ValuesFile> files, ArrayNode target) {
    for (ValuesFile file : files) {
      ObjectNode node = target.addObject().put("name", file.name());
      switch (file) {
        case Text text -> node.put("yaml", text.yaml());
        case Inline inline -> node.set("map", inline.map());
        case Encrypted encrypted -> node.put("sops", encrypted.text());
      }
    }
  }
}

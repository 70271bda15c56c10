package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Command;
import dev.hikkoshi.parity.Side.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One line of {@code parity/upstream.txt}, whose head says how to read it.
 *
 * @param name such as {@code snapshot/pr_560}
 * @param serving {@code repo}, {@code oci} or nothing
 * @param reason why we refuse it or why it is not asked; empty when the answers have to be equal
 * @param word what our refusal has to have in it
 * @param question empty when it is not asked
 */
record UpstreamRow(
    String name, String serving, String reason, String word, Optional<Question> question) {

  /** The only reasons there are. */
  static final Set<String> REASONS =
      Set.of("network", "kustomize", "HCL", "command", "vals", "tracking");

  static List<UpstreamRow> parse(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(UpstreamRow::row)
        .toList();
  }

  private static UpstreamRow row(String line) {
    List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
    String[] head = cells.getFirst().split(" ");
    String serving = head.length > 1 ? head[1].replaceAll("[{}]", "") : "";
    boolean asked = cells.size() != 2 || !REASONS.contains(cells.get(1));
    String reason = cells.size() == 2 && asked ? "" : cells.get(1);
    if (!reason.isEmpty() && !REASONS.contains(reason)) {
      throw new IllegalArgumentException("no reason of the list: " + line);
    }
    return new UpstreamRow(
        head[0],
        serving,
        reason,
        cells.size() == 4 ? cells.get(2) : "",
        asked ? Optional.of(question(cells.getLast())) : Optional.empty());
  }

  private static Question question(String text) {
    String[] words = text.split(" ");
    List<String> arguments = new ArrayList<>();
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      // A word in capitals before the sign is a variable of the process.
      if (equals > 0 && words[i].substring(0, equals).matches("[A-Z][A-Z0-9_]+")) {
        environment.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      } else {
        arguments.add(words[i]);
      }
    }
    return new Question(
        Command.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], arguments, environment);
  }

  /** Cases that are there and in no row, and rows whose case is not there. */
  static Set<String> strangers(List<UpstreamRow> rows, Set<String> there) {
    Set<String> strangers = new TreeSet<>(there);
    for (UpstreamRow row : rows) {
      if (!there.contains(row.name())) {
        strangers.add(row.name() + " (only in upstream.txt)");
      }
      strangers.remove(row.name());
    }
    return strangers;
  }
}

package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Origin;
import dev.hikkoshi.environments.reading.Place;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Where the lines of a rendered text come from: a line that stands in the template as it is has its
 * place there; any other is looked for between its unchanged neighbours.
 */
public final class RenderedLines implements Origin {

  private static final String ACTION = "{{";
  private static final int NONE = -1;

  /** How far a changed line is looked for: positions are asked for by every value of the text. */
  private static final int FARTHEST = 200;

  private final Origin template;
  private final List<String> written;
  private final List<String> rendered;

  /** For each rendered line the index of the same line of the template, or {@link #NONE}. */
  private final int[] same;

  /** The index of the nearest one above and below that is the same, or {@link #NONE}. */
  private final int[] above;

  private final int[] below;

  RenderedLines(Origin template, String text, String result) {
    this.template = template;
    this.written = text.lines().toList();
    this.rendered = result.lines().toList();
    this.same = matched();
    this.above = new int[same.length];
    this.below = new int[same.length];
    int last = NONE;
    for (int i = 0; i < same.length; i++) {
      last = same[i] == NONE ? last : same[i];
      above[i] = last;
    }
    int next = NONE;
    for (int i = same.length - 1; i >= 0; i--) {
      next = same[i] == NONE ? next : same[i];
      below[i] = next;
    }
  }

  /**
   * The line of a template that a line of what it rendered to comes from, both from 1. Where that
   * cannot be said it is the unchanged line above.
   */
  public static int written(String template, String result, int line) {
    Origin whole = Origin.of("", 0);
    return new RenderedLines(whole, template, result).place(line, 1, 1).line();
  }

  @Override
  public String file() {
    return template.file();
  }

  @Override
  public Place place(int line, int column, int length) {
    int index = line - 1;
    if (index < 0 || index >= rendered.size()) {
      return template.place(Math.max(1, written.size()), 1, 1);
    }
    if (same[index] != NONE) {
      return template.place(same[index] + 1, column, length);
    }
    if (written.isEmpty()) {
      return template.place(1, 1, 1);
    }
    int source = likely(index);
    String text = written.get(source);
    int action = text.indexOf(ACTION);
    boolean before = action < 0 || column <= action;
    int end = before ? column : action + 1;
    return template.place(source + 1, end, before ? length : text.length() - action);
  }

  private int[] matched() {
    Map<String, TreeSet<Integer>> places = new HashMap<>();
    for (int i = 0; i < written.size(); i++) {
      if (!written.get(i).contains(ACTION)) {
        places.computeIfAbsent(written.get(i), _ -> new TreeSet<>()).add(i);
      }
    }
    int[] found = new int[rendered.size()];
    Arrays.fill(found, NONE);
    int last = NONE;
    for (int i = 0; i < found.length; i++) {
      TreeSet<Integer> candidates = places.get(rendered.get(i));
      if (candidates != null) {
        // A loop renders its body again: what is not below the last line is looked for above.
        Integer next = candidates.higher(last);
        found[i] = Objects.requireNonNullElseGet(next, candidates::first);
        last = found[i];
      }
    }
    return found;
  }

  /** The line of the template that begins as this one does, or the unchanged one above it. */
  private int likely(int index) {
    int from = Math.max(0, above[index]);
    int to = below[index] > from ? below[index] : written.size() - 1;
    String text = rendered.get(index);
    for (int i = from; i <= Math.min(to, from + FARTHEST); i++) {
      int action = written.get(i).indexOf(ACTION);
      String start = action < 0 ? "" : written.get(i).substring(0, action);
      if (!start.isBlank() && text.startsWith(start)) {
        return i;
      }
    }
    return Math.min(from, Math.max(0, written.size() - 1));
  }
}

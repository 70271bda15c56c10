package dev.hikkoshi.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TLC's graph of states, seen through what the outside can see: weights, clusters and Git. What a
 * controller is about to do is not part of it; steps that change nothing to be seen are left out.
 *
 * @param start where it begins
 * @param edges from a state to what may follow
 */
record ModelGraph(Seen start, Map<Seen, Set<Seen>> edges) {

  private static final Pattern NODE =
      Pattern.compile("^(-?\\d+) \\[label=\"(.*)\"(?:,style = filled)?\\];?$");
  private static final Pattern EDGE = Pattern.compile("^(-?\\d+) -> (-?\\d+) .*");

  /**
   * What can be seen of a state.
   *
   * @param a weight of the first cluster: -1 off the route, 0, 1 some, 2 all
   * @param b that of the second
   * @param aIs whether the first exists
   * @param bIs whether the second does
   * @param git the one that is wanted, {@code a} or {@code b}
   */
  record Seen(int a, int b, boolean aIs, boolean bIs, String git) {}

  static ModelGraph parse(String dot) {
    Map<String, Seen> states = new LinkedHashMap<>();
    List<String[]> arrows = new ArrayList<>();
    for (String line : dot.lines().toList()) {
      Matcher edge = EDGE.matcher(line);
      Matcher node = NODE.matcher(line);
      if (edge.matches()) {
        arrows.add(new String[] {edge.group(1), edge.group(2)});
      } else if (node.matches()) {
        states.put(node.group(1), seen(node.group(2)));
      }
    }
    return new ModelGraph(states.values().iterator().next(), visible(states, arrows));
  }

  /** All pairs of different states that a path joins on which nothing else is seen. */
  private static Map<Seen, Set<Seen>> visible(Map<String, Seen> states, List<String[]> arrows) {
    Map<Seen, Set<Seen>> edges = new HashMap<>();
    for (String[] arrow : arrows) {
      Seen from = state(states, arrow[0]);
      Seen to = state(states, arrow[1]);
      if (!from.equals(to)) {
        edges.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
      }
    }
    return edges;
  }

  private static Seen state(Map<String, Seen> states, String id) {
    Seen seen = states.get(id);
    if (seen == null) {
      throw new AssertionError("an edge to a state that is not in the graph: " + id);
    }
    return seen;
  }

  private static Seen seen(String label) {
    return new Seen(
        Integer.parseInt(part(label, "/\\\\\\\\ w = \\[a \\|-> (-?\\d)")),
        Integer.parseInt(part(label, "/\\\\\\\\ w = \\[a \\|-> -?\\d, b \\|-> (-?\\d)")),
        !part(label, "life = \\[a \\|-> \\\\\"(\\w+)").equals("none"),
        !part(label, "life = \\[a \\|-> \\\\\"\\w+\\\\\", b \\|-> \\\\\"(\\w+)").equals("none"),
        part(label, "git = \\\\\"(\\w)"));
  }

  private static String part(String label, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(label);
    if (!found.find()) {
      throw new AssertionError("no " + pattern + " in " + label);
    }
    return found.group(1);
  }

  Set<Seen> after(Seen state) {
    return edges.getOrDefault(state, Set.of());
  }

  /** Whether the model can come from one to the other in at most so many visible steps. */
  boolean joined(Seen from, Seen to, int steps) {
    Set<Seen> here = Set.of(from);
    for (int i = 0; i < steps; i++) {
      Set<Seen> next = new HashSet<>();
      here.forEach(s -> next.addAll(after(s)));
      if (next.contains(to)) {
        return true;
      }
      here = next;
    }
    return false;
  }
}

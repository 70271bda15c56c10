package dev.hikkoshi.environments.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is wrong while files are read. Nothing is thrown, so that one reading finds all.
 * Bounded: what comes after the first hundred is counted.
 */
public final class Problems {

  private static final int MOST = 100;

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, List<String>> lines = new HashMap<>();
  private final Set<String> silent = new HashSet<>();
  private int more;
  private int again;

  /** Keeps a file's text, so that problems can show the line they are on. */
  void text(String file, String text) {
    lines.put(file, text.lines().toList());
  }

  /** Never shows a line of this file: it holds values, and values may be secrets. */
  public void showNothingOf(String file) {
    silent.add(file);
  }

  public void add(Place place, String message) {
    keep(new Problem(place, message, Optional.empty(), excerpt(place)));
  }

  public void add(Place place, String message, String hint) {
    keep(new Problem(place, message, Optional.of(hint), excerpt(place)));
  }

  /** A problem inside values: the line is not shown, because it may hold a secret. */
  public void addUnshown(Place place, String message, String hint) {
    keep(new Problem(place, message, Optional.of(hint), Optional.empty()));
  }

  /**
   * How many were added by now, those that were told before too: who reads a part can see whether
   * it was clean, though another has read it already.
   */
  public int count() {
    return found.size() + more + again;
  }

  /** Whether one of them is in this file; perhaps so when there were too many to know. */
  public boolean touch(String file) {
    return more > 0 || found.stream().anyMatch(problem -> problem.file().equals(file));
  }

  /** All of them by place; the last one counts those that were too many. */
  public List<Problem> all() {
    List<Problem> all = new ArrayList<>(found.stream().sorted(Problem.ORDER).toList());
    if (more > 0) {
      all.add(Problem.of(all.getLast().file(), "and " + more + " more problems"));
    }
    return List.copyOf(all);
  }

  /** An aliased part is read more than once; its problem is one. */
  private void keep(Problem problem) {
    if (!told.add(problem.oneLine())) {
      again++;
      return;
    }
    if (found.size() < MOST) {
      found.add(problem);
    } else {
      more++;
    }
  }

  private Optional<String> excerpt(Place place) {
    if (place.line() == 0 || silent.contains(place.file())) {
      return Optional.empty();
    }
    List<String> text = lines.getOrDefault(place.file(), List.of());
    return place.line() > text.size()
        ? Optional.empty()
        : Problem.excerpt(text.get(place.line() - 1), place.column());
  }
}

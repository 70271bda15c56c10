package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What helmfile demands of a state file's text before anything is rendered: a top-level key at all,
 * {@code bases} and {@code environments} before {@code releases}, and not in one part with them.
 */
final class TextPolicy {

  private static final Pattern KEY = Pattern.compile("([a-zA-Z]+):");
  private static final Pattern SEPARATOR = Pattern.compile("--- *");
  private static final String RELEASES = "releases";
  private static final String ENVIRONMENTS = "environments";
  private static final Set<String> FIRST = Set.of("bases", ENVIRONMENTS);
  private static final String HINT = "helmfile wants a line --- after environments";

  private final String file;
  private final Problems problems;

  private TextPolicy(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** A key, or a separator, which has no name. */
  private record Line(String name, int number) {

    boolean is(String other) {
      return name.equals(other);
    }
  }

  /** Whether the text may be read; a problem is added otherwise. */
  static boolean allows(String file, String text, Problems problems) {
    int before = problems.count();
    new TextPolicy(file, problems).check(lines(text));
    return problems.count() == before;
  }

  private static List<Line> lines(String text) {
    List<Line> found = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.stripTrailing();
      Matcher key = KEY.matcher(line);
      if (key.lookingAt()) {
        found.add(new Line(key.group(1), number));
      } else if (SEPARATOR.matcher(line).matches()) {
        found.add(new Line("", number));
      }
    }
    return found;
  }

  private void check(List<Line> lines) {
    List<Line> keys = lines.stream().filter(line -> !line.is("")).toList();
    if (keys.isEmpty()) {
      problems.add(Place.of(file), "has no top-level key", "for example releases:");
      return;
    }
    Optional<Line> releases = keys.stream().filter(line -> line.is(RELEASES)).findFirst();
    if (releases.isEmpty()) {
      return;
    }
    Optional<Line> late =
        keys.stream()
            .filter(line -> FIRST.contains(line.name()))
            .filter(line -> line.number() > releases.get().number())
            .findFirst();
    if (late.isPresent()) {
      problems.add(place(releases.get()), RELEASES + " before " + late.get().name(), HINT);
    } else if (together(lines)) {
      problems.add(place(releases.get()), RELEASES + " in the same part as " + ENVIRONMENTS, HINT);
    }
  }

  /** Each word counts where it stands first; a separator counts everywhere. */
  private static boolean together(List<Line> lines) {
    List<String> words = new ArrayList<>();
    for (Line line : lines) {
      boolean matters = line.is("") || line.is(RELEASES) || line.is(ENVIRONMENTS);
      if (matters && (line.is("") || !words.contains(line.name()))) {
        words.add(line.name());
      }
    }
    int at = words.indexOf(ENVIRONMENTS);
    return at >= 0
        && ((at > 0 && words.get(at - 1).equals(RELEASES))
            || (at + 1 < words.size() && words.get(at + 1).equals(RELEASES)));
  }

  private Place place(Line line) {
    return new Place(file, line.number(), 1, line.name().length());
  }
}

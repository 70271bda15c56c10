package dev.hikkoshi.environments.helmfile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of chart versions as Masterminds' semver has it, which Helm and helmfile use: {@code
 * ^1.2}, {@code ~1.2.3}, {@code >=1 <3}, {@code 1.x || 2.x}, {@code 1.2 - 1.4}. A pre-release is in
 * a range only when the range names one.
 */
final class VersionRange {

  private static final String NUMBER = "[vV]?([0-9]+|[xX*])(?:\\.([0-9]+|[xX*]))?";
  private static final String VERSION =
      NUMBER + "(?:\\.([0-9]+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?";
  private static final Pattern EXACT = Pattern.compile(VERSION);
  private static final Pattern TERM =
      Pattern.compile("(=||!=|>|<|>=|=>|<=|=<|~|~>|\\^)\\s*" + VERSION);
  private static final Pattern TERMS = Pattern.compile("[=!<>~^]*\\s*[^\\s,=!<>~^]+");
  private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");

  private final List<List<Term>> either;

  private VersionRange(List<List<Term>> either) {
    this.either = either;
  }

  /**
   * A version, or the part of one that a range names.
   *
   * @param numbers one to three; fewer when the rest is open
   */
  private record Version(List<BigInteger> numbers, String preRelease)
      implements Comparable<Version> {

    static Optional<Version> of(String text) {
      Matcher parts = EXACT.matcher(text.strip());
      return parts.matches() ? Optional.of(of(parts, 0)) : Optional.empty();
    }

    static Version of(Matcher parts, int before) {
      List<BigInteger> numbers = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        String part = parts.group(before + i);
        if (part == null || !Character.isDigit(part.charAt(0))) {
          break;
        }
        numbers.add(new BigInteger(part));
      }
      String pre = parts.group(before + 4);
      return new Version(List.copyOf(numbers), pre == null ? "" : pre);
    }

    BigInteger number(int index) {
      return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }

    @Override
    public int compareTo(Version other) {
      for (int i = 0; i < 3; i++) {
        int order = number(i).compareTo(other.number(i));
        if (order != 0) {
          return order;
        }
      }
      return preReleases(other);
    }

    private int preReleases(Version other) {
      if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
        return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
      }
      String[] mine = preRelease.split("\\.", -1);
      String[] theirs = other.preRelease.split("\\.", -1);
      for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
        int order = identifiers(mine[i], theirs[i]);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(mine.length, theirs.length);
    }

    private static int identifiers(String mine, String theirs) {
      boolean number = mine.matches("[0-9]+");
      if (number && theirs.matches("[0-9]+")) {
        return new BigInteger(mine).compareTo(new BigInteger(theirs));
      }
      return number == theirs.matches("[0-9]+")
          ? mine.compareTo(theirs)
          : Boolean.compare(theirs.matches("[0-9]+"), number);
    }

    /** The first version after all that share the first {@code kept} numbers. */
    Version next(int kept) {
      List<BigInteger> raised = new ArrayList<>();
      for (int i = 0; i < kept; i++) {
        raised.add(i == kept - 1 ? number(i).add(BigInteger.ONE) : number(i));
      }
      return new Version(List.copyOf(raised), "");
    }
  }

  private record Term(String operator, Version bound) {

    boolean has(Version version) {
      if (!version.preRelease().isEmpty() && bound.preRelease().isEmpty()) {
        return false;
      }
      if (bound.numbers().isEmpty()) {
        return !operator.equals("!=");
      }
      int order = version.compareTo(bound);
      boolean open = bound.numbers().size() < 3;
      return switch (operator) {
        case "!=" -> open ? !within(version, bound.numbers().size()) : order != 0;
        case ">" -> open ? version.compareTo(bound.next(bound.numbers().size())) >= 0 : order > 0;
        case "<" -> order < 0;
        case ">=", "=>" -> order >= 0;
        case "<=", "=<" ->
            open ? version.compareTo(bound.next(bound.numbers().size())) < 0 : order <= 0;
        case "^" -> within(version, caret());
        case "~", "~>" -> within(version, Math.min(2, bound.numbers().size()));
        default -> open ? within(version, bound.numbers().size()) : order == 0;
      };
    }

    /** The first number that is not 0 may not change. */
    private int caret() {
      for (int i = 0; i < bound.numbers().size(); i++) {
        if (bound.number(i).signum() > 0) {
          return i + 1;
        }
      }
      return bound.numbers().size();
    }

    private boolean within(Version version, int kept) {
      return version.compareTo(bound) >= 0 && version.compareTo(bound.next(kept)) < 0;
    }
  }

  /** A range; empty when the text is none. */
  static Optional<VersionRange> of(String text) {
    List<List<Term>> either = new ArrayList<>();
    for (String all : text.split("\\|\\|", -1)) {
      Optional<List<Term>> terms = terms(all);
      if (terms.isEmpty()) {
        return Optional.empty();
      }
      either.add(terms.get());
    }
    return Optional.of(new VersionRange(List.copyOf(either)));
  }

  private static Optional<List<Term>> terms(String all) {
    String plain = HYPHEN.matcher(all).replaceAll(">=$1 <=$2");
    List<Term> terms = new ArrayList<>();
    Matcher words = TERMS.matcher(plain);
    while (words.find()) {
      Matcher parts = TERM.matcher(words.group());
      if (!parts.matches()) {
        return Optional.empty();
      }
      terms.add(new Term(parts.group(1), Version.of(parts, 1)));
    }
    String rest = words.reset().replaceAll("");
    boolean clean = rest.chars().allMatch(c -> c == ' ' || c == ',' || c == '\t');
    return terms.isEmpty() || !clean ? Optional.empty() : Optional.of(List.copyOf(terms));
  }

  /** Whether it is one version and nothing else. */
  static boolean isExact(String text) {
    return Version.of(text).filter(v -> v.numbers().size() == 3).isPresent();
  }

  /** Whether a version is in the range; a text that is no version never is. */
  boolean has(String version) {
    return Version.of(version)
        .filter(v -> either.stream().anyMatch(all -> all.stream().allMatch(t -> t.has(v))))
        .isPresent();
  }
}

package dev.hikkoshi.environments.history;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.Fact;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a move goes, and how far it is by the lines that were read.
 *
 * @param from home; empty for the first move, or where it is not known
 * @param to empty text where it is not known
 * @param phase empty before any was told
 * @param homeGone its return was held because there was no home any more
 */
record MoveBook(
    Optional<String> from, String to, List<Step> steps, Optional<String> phase, boolean homeGone) {

  private static final List<String> FORWARD =
      List.of(
          "building",
          "syncing",
          "attached",
          "warm",
          "stepping",
          "soak",
          "drain",
          "retiring",
          "gone");
  private static final Set<String> BACK = Set.of("returning", "returned");
  private static final String SHARES_FROM = "stepping";
  private static final double ROUNDED = 1e-9;
  private static final double WHOLE = 100;

  MoveBook {
    steps = List.copyOf(steps);
  }

  /** A journal that begins in the middle. */
  static MoveBook unknown() {
    return new MoveBook(Optional.empty(), "", List.of(), Optional.empty(), false);
  }

  static MoveBook begun(Optional<String> from, String to, List<Step> steps) {
    return new MoveBook(from, to, steps, Optional.of(FORWARD.getFirst()), false);
  }

  boolean known() {
    return !to.isEmpty();
  }

  MoveBook in(String word) {
    return new MoveBook(from, to, steps, Optional.of(word), homeGone);
  }

  MoveBook withoutHome() {
    return new MoveBook(from, to, steps, phase, true);
  }

  /** What is left of the old side is taken out at once. */
  boolean endsAtOnce() {
    return homeGone && phase.filter("gone"::equals).isPresent();
  }

  /** One after the other; from the last forward one before the end, or by way of home, back. */
  boolean mayEnter(String word) {
    if (phase.isEmpty()) {
      return true;
    }
    String now = phase.get();
    return switch (word) {
      case "returning" -> FORWARD.contains(now) && !now.equals("gone");
      case "returned" -> now.equals("returning");
      case "gone" ->
          now.equals("retiring")
              || now.equals("soak") && nothingToDrain()
              || now.equals("returning") && homeGone;
      default -> FORWARD.contains(now) && FORWARD.indexOf(word) == FORWARD.indexOf(now) + 1;
    };
  }

  /** The first move has no old side, and one outside of clusters is not ours to take down. */
  private boolean nothingToDrain() {
    return from.filter(side -> !side.equals(External.SIDE)).isEmpty();
  }

  boolean forward() {
    return phase.filter(FORWARD::contains).isPresent();
  }

  boolean back() {
    return phase.filter(BACK::contains).isPresent();
  }

  /** A journal that begins in the middle has not told the phase: it is believed. */
  boolean sharesMayMove() {
    int first = FORWARD.indexOf(SHARES_FROM);
    return phase.map(FORWARD::indexOf).filter(now -> now >= 0 && now < first).isEmpty();
  }

  /** Whether the new side gets more of what the two sides have. */
  boolean gains(Fact.Weights weights) {
    return percent(weights.after()) > percent(weights.before()) + ROUNDED;
  }

  /** What the new side has of the two; a stranger's does not count. */
  double percent(Map<String, Integer> weights) {
    int both = both(weights);
    return both == 0 ? 0 : WHOLE * weights.getOrDefault(to, 0) / both;
  }

  int both(Map<String, Integer> weights) {
    return weights.getOrDefault(to, 0) + from.map(f -> weights.getOrDefault(f, 0)).orElse(0);
  }

  /** The lowest step above a share. */
  double nextStep(double percent) {
    return steps.stream()
        .mapToDouble(Step::percent)
        .filter(p -> p > percent + ROUNDED)
        .min()
        .orElse(WHOLE);
  }

  /** The step that stands at a share. */
  Optional<Step> step(double percent) {
    return steps.stream()
        .filter(s -> s.percent() <= percent + ROUNDED)
        .max(Comparator.comparingInt(Step::percent));
  }
}

package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.analysis.Analysis.Asked;
import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare.NotWorse;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The new side against the old one.
 *
 * <p>Fail: worse by more than chance, and by enough to matter (more than the margin, or twice as
 * much as the old side). Pass: not worse by more than the margin, proven.
 */
final class Comparison {

  private static final double TWICE = 2;

  /** Of earlier readings the old side's plausible worst is what the new side is held against. */
  private static final double PLAUSIBLE = 0.001;

  private Comparison() {}

  static Finding judge(
      MoveCheck check, NotWorse margin, Readings fresh, Readings old, Asked asked) {
    return switch (fresh) {
      case Counts mine -> counts(check, margin.margin(), mine, (Counts) old, asked);
      case Values mine -> values(check, margin, mine, (Values) old, asked);
    };
  }

  private static Finding counts(
      MoveCheck check, double margin, Counts fresh, Counts old, Asked asked) {
    Sum mine = Sum.of(fresh);
    Sum theirs = Sum.of(old);
    double worst =
        ClopperPearson.excess(
            mine.bad, mine.total, theirs.bad, theirs.total, asked.looking().pass());
    String evidence =
        String.format(
            Locale.ROOT,
            "%s on the new side, %s on the old one%s: worse by %.3g points at most, %.3g may be",
            mine,
            theirs,
            asked.before() ? " before" : "",
            worst * 100,
            margin * 100);
    boolean proven =
        asked.before()
            ? above(fresh, theirs, asked.looking())
            : bet(fresh, old).won(asked.looking().alarm());
    boolean matters = mine.part() - theirs.part() > margin || mine.part() >= TWICE * theirs.part();
    if (proven && matters) {
      return Finding.fail(evidence);
    }
    if (mine.total < check.minSamples()) {
      return Finding.unknown(Lack.SAMPLES, Bounds.few(mine.total, check.minSamples()));
    }
    return worst <= margin
        ? Finding.pass(evidence)
        : Finding.unknown(Lack.SAMPLES, evidence + ": not proven yet");
  }

  /** Of each period's errors, how many should the new side have by its requests? */
  private static Bet bet(Counts fresh, Counts old) {
    Map<Instant, Count> theirs =
        old.blocks().stream().collect(Collectors.toMap(Count::from, Function.identity()));
    Bet bet = new Bet();
    for (Count mine : fresh.blocks()) {
      Count other = theirs.get(mine.from());
      if (other != null && mine.total() + other.total() > 0) {
        double chance = (double) mine.total() / (mine.total() + other.total());
        bet.block(mine.bad(), other.bad(), chance);
      }
    }
    return bet;
  }

  /** Without the old side at the same time: more than it plausibly had. */
  private static boolean above(Counts fresh, Sum old, Looking looking) {
    if (old.total == 0) {
      return false;
    }
    double chance = ClopperPearson.upper(old.bad, old.total, PLAUSIBLE);
    Bet bet = new Bet();
    fresh.blocks().forEach(b -> bet.block(b.bad(), b.total() - b.bad(), chance));
    return bet.won(looking.alarm());
  }

  private static Finding values(
      MoveCheck check, NotWorse margin, Values fresh, Values old, Asked asked) {
    List<double[]> pairs = asked.before() ? beside(fresh, old) : paired(fresh, old);
    if (pairs.isEmpty()) {
      return Finding.unknown(Lack.DATA, "no period has a number of both sides");
    }
    double[] mine = pairs.stream().mapToDouble(p -> p[0]).toArray();
    double[] theirs = pairs.stream().mapToDouble(p -> p[1]).toArray();
    double level = Shift.of(theirs, new double[theirs.length]).estimate();
    double most = margin.relative() ? margin.margin() * Math.abs(level) : margin.margin();
    Shift shift = Shift.of(mine, theirs);
    Bet bet = new Bet();
    for (double[] pair : pairs) {
      boolean higher = pair[0] - pair[1] > most;
      bet.block(higher ? 1 : 0, higher ? 0 : 1, 0.5);
    }
    String evidence =
        String.format(
            Locale.ROOT,
            "%.4g above the old side's %.4g over %d periods (%d apart), %.4g may be",
            shift.estimate(),
            level,
            pairs.size(),
            shift.groups(),
            most);
    if (bet.won(asked.looking().alarm()) && shift.estimate() > most) {
      return Finding.fail(evidence);
    }
    if (pairs.size() < check.minSamples()) {
      return Finding.unknown(Lack.SAMPLES, Bounds.few(pairs.size(), check.minSamples()));
    }
    return shift.upper(asked.looking().pass()) <= most
        ? Finding.pass(evidence)
        : Finding.unknown(Lack.SAMPLES, evidence + ": not proven yet");
  }

  private static List<double[]> paired(Values fresh, Values old) {
    Map<Instant, Double> theirs = new TreeMap<>();
    old.blocks().forEach(v -> theirs.put(v.from(), v.value()));
    return fresh.blocks().stream()
        .filter(v -> theirs.containsKey(v.from()))
        .map(v -> new double[] {v.value(), theirs.getOrDefault(v.from(), 0.0)})
        .toList();
  }

  /** Without the old side at the same time: its earlier level stands for it. */
  private static List<double[]> beside(Values fresh, Values old) {
    if (old.periods() == 0) {
      return List.of();
    }
    double[] theirs = old.blocks().stream().mapToDouble(Value::value).toArray();
    double level = Shift.of(theirs, new double[theirs.length]).estimate();
    List<double[]> pairs = new ArrayList<>();
    fresh.blocks().forEach(v -> pairs.add(new double[] {v.value(), level}));
    return pairs;
  }

  private record Sum(long bad, long total) {

    static Sum of(Counts counts) {
      long bad = counts.blocks().stream().mapToLong(Count::bad).sum();
      long total = counts.blocks().stream().mapToLong(Count::total).sum();
      return new Sum(bad, total);
    }

    double part() {
      return total == 0 ? 0 : (double) bad / total;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d bad of %d (%.3g %%)", bad, total, part() * 100);
    }
  }
}

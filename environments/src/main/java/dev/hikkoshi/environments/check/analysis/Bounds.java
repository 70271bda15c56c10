package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import java.util.List;
import java.util.Locale;

/** One side against fixed limits. */
final class Bounds {

  /** A tenth of the limit is well: between the two either word may come. */
  private static final double WELL = 0.1;

  private Bounds() {}

  static Finding judge(MoveCheck check, Compare.Bound bound, Readings readings, Looking looking) {
    return switch (readings) {
      case Counts counts -> fraction(check, bound.max().orElse(1), counts, looking);
      case Values values -> levels(check, bound, values);
    };
  }

  private static Finding fraction(MoveCheck check, double limit, Counts counts, Looking looking) {
    long n = counts.blocks().stream().mapToLong(Readings.Count::total).sum();
    long k = counts.blocks().stream().mapToLong(Readings.Count::bad).sum();
    Sprt test = new Sprt(limit * WELL, limit, looking.alarm());
    Sprt.Word word = word(test, counts);
    String evidence =
        String.format(
            Locale.ROOT,
            "%d bad of %d (%.3g %%), %.3g %% is the limit",
            k,
            n,
            n == 0 ? 0 : 100.0 * k / n,
            limit * 100);
    return switch (word) {
      case BAD -> Finding.fail(evidence);
      case GOOD ->
          n >= check.minSamples()
              ? Finding.pass(evidence)
              : Finding.unknown(Lack.SAMPLES, few(n, check.minSamples()));
      case OPEN -> Finding.unknown(Lack.SAMPLES, evidence + ": not decided yet");
    };
  }

  /** Bad once is bad; good is what the whole window says. */
  private static Sprt.Word word(Sprt test, Counts counts) {
    long k = 0;
    long n = 0;
    Sprt.Word word = Sprt.Word.OPEN;
    for (Readings.Count block : counts.blocks()) {
      k += block.bad();
      n += block.total();
      word = test.word(k, n);
      if (word == Sprt.Word.BAD) {
        return word;
      }
    }
    return word;
  }

  /** A level is measured, not drawn: so many periods beyond it fail. */
  private static Finding levels(MoveCheck check, Compare.Bound bound, Values values) {
    List<Double> beyond =
        values.blocks().stream()
            .map(Value::value)
            .filter(
                v ->
                    v < bound.min().orElse(-Double.MAX_VALUE)
                        || v > bound.max().orElse(Double.MAX_VALUE))
            .toList();
    String limits =
        (bound.min().isPresent() ? "at least " + bound.min().getAsDouble() : "")
            + (bound.min().isPresent() && bound.max().isPresent() ? ", " : "")
            + (bound.max().isPresent() ? "at most " + bound.max().getAsDouble() : "");
    String evidence =
        "%d of %d periods beyond the limit (%s)%s"
            .formatted(
                beyond.size(),
                values.periods(),
                limits,
                beyond.isEmpty() ? "" : ", last " + beyond.getLast());
    if (beyond.size() > check.budget().breaches()) {
      return Finding.fail(evidence);
    }
    return values.periods() >= check.minSamples()
        ? Finding.pass(evidence)
        : Finding.unknown(Lack.SAMPLES, few(values.periods(), check.minSamples()));
  }

  static String few(long n, long least) {
    return "%d samples are too few, %d are needed".formatted(n, least);
  }
}

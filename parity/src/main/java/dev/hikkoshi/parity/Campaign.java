package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Question;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many cases, one after the other, and what came of them. */
final class Campaign {

  private static final int EVERY = 100;
  private static final int WIDTH = 160;

  /** A generator whose helmfiles are mostly refused proves little. */
  private static final double GOOD_ENOUGH = 0.6;

  private final Trial trial;
  private final PrintStream out;
  private int equal;
  private int refused;
  private int different;
  private final Map<String, Integer> reasons = new TreeMap<>();

  Campaign(Trial trial, PrintStream out) {
    this.trial = trial;
    this.out = out;
  }

  /** Cases with a line each; 0 when both sides agree on all. */
  int cases(List<Case> cases) throws InterruptedException {
    for (Case one : cases) {
      for (Map.Entry<Question, Verdict> entry : trial.of(one).entrySet()) {
        count(entry.getValue());
        out.printf(
            "%-9s %-60s %s%n", entry.getKey().command().word(), one.name(), word(entry.getValue()));
        details(entry.getValue());
      }
    }
    out.printf(
        "parity own: %d cases, %d answers equal, %d refused by both, %d different%n",
        cases.size(), equal, refused, different);
    return different == 0 && !cases.isEmpty() ? 0 : 1;
  }

  /** Random helmfiles; a seed that differs is printed with how to see it again. */
  int seeds(List<Long> seeds) throws InterruptedException {
    int done = 0;
    for (long seed : seeds) {
      for (Map.Entry<Question, Verdict> entry : trial.of(RandomCase.of(seed)).entrySet()) {
        Verdict verdict = entry.getValue();
        count(verdict);
        if (verdict instanceof Verdict.Different) {
          out.printf(
              "seed %d, %s %s: different. Again: bin/parity random --from %d --seeds 1; its files: bin/parity show --from %d%n",
              seed, entry.getKey().command().word(), entry.getKey().arguments(), seed, seed);
          details(verdict);
        }
      }
      if (++done % EVERY == 0) {
        out.printf("seeds %d to %d: %s%n", seeds.getFirst(), seed, sum());
      }
    }
    out.printf("parity random: seeds %d to %d, %s%n", seeds.getFirst(), seeds.getLast(), sum());
    reasons.forEach((reason, count) -> out.printf("  refused %4d: %s%n", count, reason));
    boolean tells = equal >= GOOD_ENOUGH * (equal + refused + different);
    if (!tells) {
      out.println("too few of them were accepted to prove anything");
    }
    return different == 0 && tells ? 0 : 1;
  }

  private String sum() {
    return "%d answers equal, %d refused by both, %d different"
        .formatted(equal, refused, different);
  }

  private void count(Verdict verdict) {
    switch (verdict) {
      case Verdict.Equal _ -> equal++;
      case Verdict.BothRefuse both -> {
        refused++;
        reasons.merge(reason(both.judge()), 1, Integer::sum);
      }
      case Verdict.Different _ -> different++;
    }
  }

  /** The last line of what the judge said, numbers and quoted words apart. */
  private static String reason(String said) {
    String last = said.strip().lines().reduce("", (_, line) -> line);
    String plain = last.replaceAll("\"[^\"]*\"|\\d+", "…");
    return plain.length() > WIDTH ? plain.substring(plain.length() - WIDTH) : plain;
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Equal same -> "equal (" + same.documents() + " documents)";
      case Verdict.BothRefuse _ -> "refused by both";
      case Verdict.Different _ -> "DIFFERENT";
    };
  }

  private void details(Verdict verdict) {
    if (verdict instanceof Verdict.Different difference) {
      difference.where().forEach(line -> out.println("    " + line.replace("\n", "\n    ")));
    }
  }
}

package dev.hikkoshi.sandbox.dns;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Which of several weighted record sets answers one query ("How Amazon Route 53 chooses records
 * when health checking is configured", health-checks-how-route-53-chooses-records.html).
 */
final class WeightedAnswer {

  private WeightedAnswer() {}

  /**
   * A record set that could answer.
   *
   * @param healthy true for every one that is not asked about its health
   */
  record Candidate<T>(T set, int weight, boolean healthy) {}

  /**
   * Chooses one. Sick ones are left out; where all are sick all count as healthy. Sets of weight 0
   * are taken only when no other is left, and then each is as likely as the next.
   *
   * @param candidates at least one
   * @param random a number from 0 up to the bound, the bound not included
   */
  static <T> T choose(List<Candidate<T>> candidates, IntUnaryOperator random) {
    List<Candidate<T>> well = filtered(candidates, Candidate::healthy);
    List<Candidate<T>> left = well.isEmpty() ? candidates : well;
    List<Candidate<T>> heavy = filtered(left, candidate -> candidate.weight() > 0);
    if (heavy.isEmpty()) {
      return left.get(random.applyAsInt(left.size())).set();
    }
    int drawn = random.applyAsInt(heavy.stream().mapToInt(Candidate::weight).sum());
    for (Candidate<T> candidate : heavy) {
      drawn -= candidate.weight();
      if (drawn < 0) {
        return candidate.set();
      }
    }
    throw new IllegalStateException("drew more than the sum of all weights");
  }

  private static <T> List<Candidate<T>> filtered(
      List<Candidate<T>> all, Predicate<Candidate<T>> which) {
    return all.stream().filter(which).toList();
  }
}

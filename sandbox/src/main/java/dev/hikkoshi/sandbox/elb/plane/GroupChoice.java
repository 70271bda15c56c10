package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** The choice of a target group by weight. */
final class GroupChoice {

  private GroupChoice() {}

  /**
   * Chooses a group with the probability weight ÷ sum of all weights; whether it has targets does
   * not matter ("a forward action does not fail over"). None where all weights are 0.
   *
   * @param random a number from 0 up to the bound, the bound not included
   */
  static Optional<String> byWeight(List<Action.Weighted> groups, IntUnaryOperator random) {
    int sum = 0;
    for (Action.Weighted group : groups) {
      sum += group.weight();
    }
    if (sum == 0) {
      return Optional.empty();
    }
    int drawn = random.applyAsInt(sum);
    for (Action.Weighted group : groups) {
      drawn -= group.weight();
      if (drawn < 0) {
        return Optional.of(group.groupArn());
      }
    }
    throw new IllegalStateException("drew more than the sum of all weights");
  }
}

package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.move.Step;
import java.time.Duration;
import java.util.List;

/**
 * How a move goes.
 *
 * @param steps ascending; the last is 100 percent
 */
public record MoveRules(
    Order routes, List<Step> steps, Duration soak, Drain drain, TooFew onTooFewSamples) {

  public MoveRules {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.getLast().percent() != 100) {
      throw new IllegalArgumentException("the last step is 100 percent");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).percent() <= steps.get(i - 1).percent()) {
        throw new IllegalArgumentException("steps ascend");
      }
    }
  }

  /** Whether routes step together or one after the other. Each is judged alone. */
  public enum Order {
    TOGETHER,
    IN_ORDER
  }

  /** What a step does at {@code dwell.max} without enough samples. */
  public enum TooFew {
    HOLD,
    ADVANCE
  }

  /** The old side counts as drained below {@code perMinute} requests for {@code lasting}. */
  public record Drain(Duration lasting, double perMinute) {}
}

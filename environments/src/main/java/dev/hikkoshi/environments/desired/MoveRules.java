package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.move.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a move goes.
 *
 * @param steps ascending; the last is 100 percent
 * @param runOnceAt percent from which on run-once work is wanted on the new side, 1 to 100
 * @param checks judged by metrics, in the order of the definition
 * @param inquiries asked of somebody, in the order of the definition; a name is of one check only
 * @param onFailure what a check that failed leads to
 */
public record MoveRules(
    Order routes,
    List<Step> steps,
    Duration soak,
    Drain drain,
    TooFew onTooFewSamples,
    int runOnceAt,
    List<MoveCheck> checks,
    List<Inquiry> inquiries,
    OnFailure onFailure) {

  /** Where the new side carries as much as the old one. */
  public static final int RUN_ONCE_AT = 50;

  /** Run-once work changes sides at {@value #RUN_ONCE_AT} percent. */
  public MoveRules(
      Order routes, List<Step> steps, Duration soak, Drain drain, TooFew onTooFewSamples) {
    this(
        routes,
        steps,
        soak,
        drain,
        onTooFewSamples,
        RUN_ONCE_AT,
        List.of(),
        List.of(),
        OnFailure.HOLD);
  }

  /** The same with checks by metrics. */
  public MoveRules judgedBy(List<MoveCheck> others, OnFailure failure) {
    return new MoveRules(
        routes, steps, soak, drain, onTooFewSamples, runOnceAt, others, inquiries, failure);
  }

  /** The same with checks that are asked of somebody. */
  public MoveRules asking(List<Inquiry> others, OnFailure failure) {
    return new MoveRules(
        routes, steps, soak, drain, onTooFewSamples, runOnceAt, checks, others, failure);
  }

  /** Every check that is declared. */
  public List<DeclaredCheck> declared() {
    if (inquiries.isEmpty()) {
      return List.copyOf(checks);
    }
    return Stream.<DeclaredCheck>concat(checks.stream(), inquiries.stream()).toList();
  }

  public MoveRules {
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    inquiries = List.copyOf(inquiries);
    if (runOnceAt < 1 || runOnceAt > 100) {
      throw new IllegalArgumentException("run-once work changes sides at 1 to 100 percent");
    }
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

  /** What follows when a blocking check fails. */
  public enum OnFailure {
    /** Traffic stays where it is until a person has looked. */
    HOLD,
    /** Traffic goes home by itself, and what was left is bad (rule 12). */
    RETURN
  }

  /** The old side counts as drained below {@code perMinute} requests for {@code lasting}. */
  public record Drain(Duration lasting, double perMinute) {}
}

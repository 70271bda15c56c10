package dev.hikkoshi.sandbox.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The rules in force. The first rule that matches and is not spent decides; others do not count.
 */
public final class FaultScript {

  private static final int MOST = 1_000;

  private final List<Armed> rules = new ArrayList<>();
  private long ids;

  /** A rule in force, with its counts; for showing. */
  public record State(String id, FaultRule rule, int seen, int applied) {}

  /** What to do to a call. */
  public record Fault(String id, FaultRule.Effect effect, long millis) {}

  private static final class Armed {
    private final String id;
    private final FaultRule rule;
    private final Random random;
    private int seen;
    private int applied;

    private Armed(String id, FaultRule rule) {
      this.id = id;
      this.rule = rule;
      this.random = new Random(rule.seed());
    }

    private boolean spent() {
      return rule.count() > 0 && applied >= rule.count();
    }

    private boolean fires() {
      seen++;
      if (seen <= rule.skip() || random.nextDouble() >= rule.probability()) {
        return false;
      }
      applied++;
      return true;
    }
  }

  /** Adds a rule behind the others and answers its id. */
  public synchronized String add(FaultRule rule) {
    if (rules.size() >= MOST) {
      throw new IllegalArgumentException("there are " + MOST + " rules already; delete some");
    }
    String id = "fault-" + ++ids;
    rules.add(new Armed(id, rule));
    return id;
  }

  /** Takes a rule back; whether it was there. */
  public synchronized boolean remove(String id) {
    return rules.removeIf(armed -> armed.id.equals(id));
  }

  /** Takes all rules back. */
  public synchronized void clear() {
    rules.clear();
  }

  /** All rules, also those that are spent. */
  public synchronized List<State> states() {
    return rules.stream()
        .map(armed -> new State(armed.id, armed.rule, armed.seen, armed.applied))
        .sorted(Comparator.comparingLong((State state) -> Long.parseLong(state.id().substring(6))))
        .toList();
  }

  /** Decides about one call. */
  public synchronized Optional<Fault> next(String service, String operation) {
    for (Armed armed : rules) {
      if (!armed.spent() && armed.rule.matches(service, operation) && armed.fires()) {
        return Optional.of(new Fault(armed.id, armed.rule.effect(), armed.rule.millis()));
      }
    }
    return Optional.empty();
  }
}

package dev.hikkoshi.controller.engine;

import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;

/** Names of actions and outcomes for logs and metrics: few, fixed, without data of users. */
public final class Kinds {

  private Kinds() {}

  /** For example {@code WriteRecords}. */
  public static String of(Action action) {
    return action.getClass().getSimpleName();
  }

  /** For example {@code done}. */
  public static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "done";
      case Outcome.Refused _ -> "refused";
      case Outcome.Throttled _ -> "throttled";
      case Outcome.Changed _ -> "changed";
      case Outcome.Unclear _ -> "unclear";
    };
  }
}

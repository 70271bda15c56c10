package dev.hikkoshi.environments.port;

import java.util.Map;
import java.util.Optional;

/**
 * The language of conditions over what was observed. It knows no clock and asks nobody: the same
 * values give the same verdict.
 */
public interface Expressions {

  /** Checks an expression's syntax, names and types. It never throws for what is written. */
  Compiled compile(String source);

  /** What became of an expression. */
  sealed interface Compiled {

    /** It can be asked. */
    record Good(Expression expression) implements Compiled {}

    /**
     * It cannot.
     *
     * @param line in the expression, from 1
     * @param column in that line, from 1
     * @param message in one line
     */
    record Bad(int line, int column, String message) implements Compiled {}
  }

  /** A compiled expression. Two of the same source are equal. */
  interface Expression {

    /** As it was written. */
    String source();

    /**
     * Whether it holds. An evaluation that fails or costs too much does not tell.
     *
     * @param values by the names that {@code docs/checks.md} lists; a {@link
     *     dev.hikkoshi.environments.observed.Observation.Unknown} stands for what is not known, and
     *     what depends on it is unknown
     */
    Judged judge(Map<String, Object> values);
  }

  /**
   * What an expression says.
   *
   * @param holds empty when it does not tell
   * @param evidence the values that it used, or why it does not tell
   */
  record Judged(Optional<Boolean> holds, String evidence) {}

  /** For a process that cannot read expressions. */
  static Expressions none() {
    return _ -> new Compiled.Bad(1, 1, "expressions are not read here");
  }
}

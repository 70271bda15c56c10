package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.Verdict;

/**
 * What a check of the definition found, and what it lacks for a verdict.
 *
 * @param lack {@link Lack#NOTHING} unless the verdict is unknown
 */
public record Finding(Verdict verdict, Lack lack) {

  /** Why a verdict is unknown; each has a budget of its own. */
  public enum Lack {
    NOTHING,
    /** Not one period is over and reported yet; soon one will be. */
    TIME,
    /** There is data, but not enough to tell. */
    SAMPLES,
    /** The provider answered, and has nothing about these periods. */
    DATA,
    /** The provider could not be asked. */
    ANSWER
  }

  static Finding pass(String evidence) {
    return new Finding(Verdict.pass(evidence), Lack.NOTHING);
  }

  static Finding fail(String evidence) {
    return new Finding(Verdict.fail(evidence), Lack.NOTHING);
  }

  /** Not enough is known. */
  public static Finding unknown(Lack lack, String evidence) {
    return new Finding(Verdict.unknown(evidence), lack);
  }

  public boolean passed() {
    return verdict.passed();
  }

  public boolean failed() {
    return verdict instanceof Verdict.Fail;
  }
}

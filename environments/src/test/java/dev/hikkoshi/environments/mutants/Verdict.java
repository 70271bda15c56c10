package dev.hikkoshi.environments.mutants;

/**
 * What became of a mutant.
 *
 * @param kind who noticed it
 * @param how the rule that it broke or the test that failed; empty when nobody did
 */
record Verdict(Kind kind, String how) {

  /** Who noticed it first: the simulator is asked before the tests. */
  enum Kind {
    SIMULATOR,
    TESTS,
    NOBODY
  }

  static Verdict nobody() {
    return new Verdict(Kind.NOBODY, "");
  }

  boolean bySimulator() {
    return kind == Kind.SIMULATOR;
  }

  boolean bySomebody() {
    return kind != Kind.NOBODY;
  }
}

package dev.hikkoshi.environments.check;

/** What a check found. Unknown is never a pass. */
public sealed interface Verdict {

  /** What was found, in a sentence. */
  String evidence();

  /** The condition holds. */
  record Pass(String evidence) implements Verdict {}

  /** It does not. */
  record Fail(String evidence) implements Verdict {}

  /** It could not be told. */
  record Unknown(String evidence) implements Verdict {}

  default boolean passed() {
    return this instanceof Pass;
  }

  /** The word for it. */
  default String word() {
    return switch (this) {
      case Pass _ -> "pass";
      case Fail _ -> "fail";
      case Unknown _ -> "unknown";
    };
  }

  static Verdict pass(String evidence) {
    return new Pass(evidence);
  }

  static Verdict fail(String evidence) {
    return new Fail(evidence);
  }

  static Verdict unknown(String evidence) {
    return new Unknown(evidence);
  }
}

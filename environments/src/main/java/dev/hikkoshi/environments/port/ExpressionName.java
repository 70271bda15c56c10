package dev.hikkoshi.environments.port;

import java.util.Locale;

/** What an expression of a check can be about. {@code docs/checks.md} says what each means. */
public enum ExpressionName {
  ENVIRONMENT(Kind.TEXT),
  MOVE(Kind.TEXT),
  ROUTE(Kind.TEXT),
  STEP(Kind.WHOLE),
  PERCENT(Kind.WHOLE),
  FROM(Kind.TEXT),
  TO(Kind.TEXT),
  PHASE(Kind.TEXT),
  NEW(Kind.SIDE),
  OLD(Kind.SIDE),
  WEIGHTS(Kind.WHOLES),
  SHARES(Kind.NUMBERS),
  REQUESTS(Kind.WHOLES),
  CHECKS(Kind.TEXTS);

  private final Kind kind;

  ExpressionName(Kind kind) {
    this.kind = kind;
  }

  /** Its type. */
  public enum Kind {
    TEXT,
    WHOLE,
    /** Text to whole numbers. */
    WHOLES,
    /** Text to numbers. */
    NUMBERS,
    /** Text to text. */
    TEXTS,
    /** A side with its {@link SideMember}s. */
    SIDE
  }

  public Kind kind() {
    return kind;
  }

  /** As it is written in an expression. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

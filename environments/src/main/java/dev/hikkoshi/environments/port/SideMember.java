package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.port.ExpressionName.Kind;
import java.util.Locale;

/** What an expression can ask of a side, {@code new} or {@code old}. */
public enum SideMember {
  NAME(Kind.TEXT),
  /** Of Kubernetes. */
  VERSION(Kind.TEXT),
  /** Pods of the route's backend that are ready. */
  READY(Kind.WHOLE),
  /** Pods of the route's backend that there should be. */
  WANTED(Kind.WHOLE),
  RELEASES(Kind.WHOLE),
  UNHEALTHY(Kind.WHOLE),
  UNSYNCED(Kind.WHOLE),
  DRIFTED(Kind.WHOLE);

  private final Kind kind;

  SideMember(Kind kind) {
    this.kind = kind;
  }

  /** Its type: text or a whole number. */
  public Kind kind() {
    return kind;
  }

  /** As it is written in an expression. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

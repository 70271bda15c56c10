package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;

/** Why a remote or the clone could not be used, on its way to becoming a value. */
final class Trouble extends Exception {

  private static final long serialVersionUID = 1L;

  private final Cause kind;

  Trouble(Cause kind, String why) {
    super(why);
    this.kind = kind;
  }

  Cause kind() {
    return kind;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}

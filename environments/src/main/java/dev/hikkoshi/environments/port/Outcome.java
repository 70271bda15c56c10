package dev.hikkoshi.environments.port;

import java.util.Map;

/**
 * How a write ended, as far as is known. Only {@link Done} says that it happened and only {@link
 * Refused} that it did not; after {@link Unclear} the next pass looks.
 */
public sealed interface Outcome {

  /**
   * It happened.
   *
   * @param requestId AWS's or Kubernetes' id of the call, for the journal
   * @param facts what the answer said that must be remembered, for example {@code changeId}
   */
  record Done(String requestId, Map<String, String> facts) implements Outcome {

    public Done {
      facts = Map.copyOf(facts);
    }
  }

  /**
   * It was refused and trying again unchanged is useless; code and message are the other side's.
   */
  record Refused(String code, String message) implements Outcome {}

  /** It was not done because too much was asked at once; try again later. */
  record Throttled(String message) implements Outcome {}

  /**
   * The world is not as expected, so nothing was written: a compare before the write failed.
   *
   * @param what the difference, in words
   */
  record Changed(String what) implements Outcome {}

  /** No answer came, or one that does not tell: it may have been done, be done later, or never. */
  record Unclear(String why) implements Outcome {}

  static Done done(String requestId) {
    return new Done(requestId, Map.of());
  }

  static Done done(String requestId, String key, String value) {
    return new Done(requestId, Map.of(key, value));
  }
}

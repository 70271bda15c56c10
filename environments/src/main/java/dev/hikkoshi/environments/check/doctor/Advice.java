package dev.hikkoshi.environments.check.doctor;

import java.util.Comparator;

/**
 * One thing to settle or to know.
 *
 * @param topic the same word for the same pattern, for example {@code schedule} or {@code ttl}
 * @param subject a release's object, a route, a cluster
 * @param where a file, a path inside a file, or an ARN
 * @param what what was found
 * @param why how it hurts
 * @param write what to write to settle it, literally; empty text where there is nothing to write
 */
public record Advice(
    Weight weight,
    String topic,
    String subject,
    String where,
    String what,
    String why,
    String write)
    implements Comparable<Advice> {

  private static final Comparator<Advice> ORDER =
      Comparator.comparing(Advice::weight)
          .thenComparing(Advice::topic)
          .thenComparing(Advice::subject)
          .thenComparing(Advice::what)
          .thenComparing(Advice::where);

  /** How much it weighs, the heaviest first. */
  public enum Weight {
    /** A move would be refused, or would do harm. */
    SETTLE,
    /** It could not be seen; not seen is not well. */
    UNKNOWN,
    /** It has hurt others. */
    CONSIDER
  }

  @Override
  public int compareTo(Advice other) {
    return ORDER.compare(this, other);
  }
}

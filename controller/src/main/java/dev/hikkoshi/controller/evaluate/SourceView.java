package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.definition.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one source.
 *
 * @param evaluated the commit that {@code found} is of; empty while none could be read
 * @param readAt when that was
 * @param trouble why {@code found} is not the newest state of the remote
 */
record SourceView(
    Source source,
    Optional<SourceState> state,
    Optional<String> evaluated,
    Instant readAt,
    List<Reading> found,
    Optional<String> trouble) {

  /**
   * A mistake may be the machine's: a template that was stopped on a busy node, a key that was not
   * there yet. So a commit that has any is read again after this long.
   */
  private static final Duration AGAIN = Duration.ofMinutes(5);

  static SourceView unseen(Source source) {
    return new SourceView(
        source,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        List.of(),
        Optional.of("source " + source.name() + " was not read yet"));
  }

  /** The commit was read. */
  SourceView read(SourceState now, String commit, List<Reading> all) {
    return new SourceView(
        source, Optional.of(now), Optional.of(commit), at(now), all, unreachable(now));
  }

  /** Nothing new was read. */
  SourceView seen(SourceState now) {
    return new SourceView(source, Optional.of(now), evaluated, readAt, found, unreachable(now));
  }

  /** There is a commit, but it cannot be evaluated: what was found before stands. */
  SourceView broken(SourceState now, String commit, String why) {
    String text =
        "source %s: commit %s cannot be read: %s".formatted(source.name(), Text.brief(commit), why);
    return new SourceView(source, Optional.of(now), evaluated, readAt, found, Optional.of(text));
  }

  /** Whether nothing is said that the other did not say. */
  boolean says(SourceView other) {
    return evaluated.equals(other.evaluated)
        && readAt.equals(other.readAt)
        && trouble.equals(other.trouble);
  }

  /** Whether a commit has to be read: another one, or this one with its mistakes once more. */
  boolean wants(String commit, SourceState now) {
    boolean other = evaluated.filter(commit::equals).isEmpty();
    return other
        || found.stream().anyMatch(Reading.Bad.class::isInstance)
            && !at(now).isBefore(readAt.plus(AGAIN));
  }

  private static Instant at(SourceState now) {
    return switch (now) {
      case SourceState.Head head -> head.at();
      case SourceState.Unreachable gone -> gone.since();
    };
  }

  private Optional<String> unreachable(SourceState now) {
    return switch (now) {
      case SourceState.Head _ -> Optional.empty();
      case SourceState.Unreachable(String why, var since, _) ->
          Optional.of("source %s is unreachable since %s: %s".formatted(source.name(), since, why));
    };
  }
}

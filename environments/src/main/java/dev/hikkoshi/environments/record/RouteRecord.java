package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.Sides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one route.
 *
 * @param lastWritten the weights as we know them: written, taken over, or accepted by a person
 * @param intended saved before a write whose end is not known; what is seen tells
 * @param accept a person wants the weights as they are now; the next look adopts them
 * @param letGo removed from the definition: nothing is written or deleted any more
 * @param role with which it was reached, for the search before a cluster goes
 * @param wayHome how to bring its traffic home by hand from here; empty while it is home, or where
 *     there is no home
 * @param overtaken writes without a clear end that a newer one followed; the newest last
 */
public record RouteRecord(
    String name,
    Optional<Sides> lastWritten,
    Optional<Sides> intended,
    boolean accept,
    boolean letGo,
    Optional<String> role,
    Optional<WayHome> wayHome,
    List<Overtaken> overtaken) {

  /** How long a write without an answer may still take effect. */
  private static final Duration LATE = Duration.ofMinutes(1);

  /**
   * A write that may still take effect although a newer one was made.
   *
   * @param until when it cannot any more
   */
  public record Overtaken(Sides sides, Instant until) {}

  public RouteRecord {
    overtaken = List.copyOf(overtaken);
  }

  /** A route that was never written or taken over. */
  public static RouteRecord fresh(String name, Optional<String> role) {
    return new RouteRecord(
        name, Optional.empty(), Optional.empty(), false, false, role, Optional.empty(), List.of());
  }

  /** A write is about to be made. One before it whose end is not known may come after it. */
  public RouteRecord intend(Sides next, Instant now) {
    List<Overtaken> late = new ArrayList<>(overtaken);
    late.removeIf(write -> !now.isBefore(write.until()));
    intended.ifPresent(sides -> late.add(new Overtaken(sides, now.plus(LATE))));
    return new RouteRecord(
        name, lastWritten, Optional.of(next), accept, letGo, role, wayHome, late);
  }

  /** These are the weights now. */
  public RouteRecord now(Sides known) {
    return new RouteRecord(
        name, Optional.of(known), Optional.empty(), false, letGo, role, wayHome, overtaken);
  }

  public RouteRecord accepting() {
    return new RouteRecord(name, lastWritten, intended, true, letGo, role, wayHome, overtaken);
  }

  /** There was nothing to accept: the weights are ours. */
  public RouteRecord nothingToAccept() {
    return new RouteRecord(name, lastWritten, intended, false, letGo, role, wayHome, overtaken);
  }

  public RouteRecord letGo(boolean gone) {
    return new RouteRecord(name, lastWritten, intended, accept, gone, role, wayHome, overtaken);
  }

  /** What a person would do now. */
  public RouteRecord with(Optional<WayHome> way) {
    return new RouteRecord(name, lastWritten, intended, accept, letGo, role, way, overtaken);
  }

  /** Whether these weights are those of an older write of ours that was late. */
  public boolean late(Sides seen, Instant now) {
    return overtaken.stream()
        .anyMatch(write -> write.sides().equals(seen) && now.isBefore(write.until()));
  }

  /** Whether these weights are ours: written last, or meant to be. */
  public boolean knows(Sides seen) {
    return lastWritten.filter(seen::equals).isPresent()
        || intended.filter(seen::equals).isPresent();
  }
}

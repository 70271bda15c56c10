package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.Sides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
 * @param former what was there before our last writes; the newest last
 */
public record RouteRecord(
    String name,
    Optional<Sides> lastWritten,
    Optional<Sides> intended,
    boolean accept,
    boolean letGo,
    Optional<String> role,
    Optional<WayHome> wayHome,
    List<Bygone> overtaken,
    List<Bygone> former) {

  /**
   * Weights that may still be met although newer ones were written: by a write without an answer,
   * or in an answer from before, because AWS's reads are eventually consistent.
   *
   * @param until when they cannot come any more
   */
  public record Bygone(Sides sides, Instant until) {

    boolean over(Instant now) {
      return !now.isBefore(until);
    }
  }

  public RouteRecord {
    overtaken = List.copyOf(overtaken);
    former = List.copyOf(former);
  }

  /** A route that was never written or taken over. */
  public static RouteRecord fresh(String name, Optional<String> role) {
    return new RouteRecord(
        name,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        role,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** A write is about to be made. One before it whose end is not known may come after it. */
  public RouteRecord intend(Sides next, Instant now) {
    return new RouteRecord(
        name,
        lastWritten,
        Optional.of(next),
        accept,
        letGo,
        role,
        wayHome,
        with(intended, overtaken, now, now.plus(Intent.LATE)),
        with(lastWritten, former, now, now.plus(Intent.LATE).plus(Intent.OLD)));
  }

  private static List<Bygone> with(
      Optional<Sides> sides, List<Bygone> before, Instant now, Instant until) {
    List<Bygone> all = new ArrayList<>(before);
    all.removeIf(bygone -> bygone.over(now));
    sides.ifPresent(s -> all.add(new Bygone(s, until)));
    return all;
  }

  /** These are the weights now. */
  public RouteRecord now(Sides known) {
    return new RouteRecord(
        name, Optional.of(known), Optional.empty(), false, letGo, role, wayHome, overtaken, former);
  }

  /** Somebody else's weights become the ones we know; an answer may still show ours. */
  public RouteRecord adopt(Sides theirs, Instant now) {
    return new RouteRecord(
        name,
        Optional.of(theirs),
        Optional.empty(),
        false,
        letGo,
        role,
        wayHome,
        overtaken,
        with(lastWritten, former, now, now.plus(Intent.OLD)));
  }

  public RouteRecord accepting() {
    return new RouteRecord(
        name, lastWritten, intended, true, letGo, role, wayHome, overtaken, former);
  }

  /** There was nothing to accept: the weights are ours. */
  public RouteRecord nothingToAccept() {
    return new RouteRecord(
        name, lastWritten, intended, false, letGo, role, wayHome, overtaken, former);
  }

  public RouteRecord letGo(boolean gone) {
    return new RouteRecord(
        name, lastWritten, intended, accept, gone, role, wayHome, overtaken, former);
  }

  /** What a person would do now. */
  public RouteRecord with(Optional<WayHome> way) {
    return new RouteRecord(
        name, lastWritten, intended, accept, letGo, role, way, overtaken, former);
  }

  /** Whether these weights are those of an older write of ours that was late. */
  public boolean late(Sides seen) {
    return overtaken.stream().anyMatch(b -> b.sides().equals(seen));
  }

  /** An older write of ours is there now. */
  public RouteRecord met(Sides late, Instant now) {
    List<Bygone> again = new ArrayList<>(overtaken);
    again.removeIf(write -> write.sides().equals(late));
    again.add(new Bygone(late, now.plus(Intent.LATE)));
    return withOvertaken(again);
  }

  /**
   * The weights we know are there: older writes that cannot come any more did not. Time alone does
   * not tell, because nobody may have looked since.
   */
  public RouteRecord seen(Instant now) {
    return overtaken.stream().noneMatch(b -> b.over(now))
        ? this
        : withOvertaken(overtaken.stream().filter(b -> !b.over(now)).toList());
  }

  private RouteRecord withOvertaken(List<Bygone> writes) {
    return new RouteRecord(
        name, lastWritten, intended, accept, letGo, role, wayHome, writes, former);
  }

  /**
   * Whether these weights were there before a write of ours a moment ago. A side whose cluster or
   * group is gone meanwhile is known by where it leads only.
   */
  public boolean former(Sides seen, Instant now) {
    return former.stream().anyMatch(b -> ends(b.sides()).equals(ends(seen)) && !b.over(now));
  }

  /**
   * Whether these are the intended weights and were there a moment ago too: a look alone does not
   * tell an answer from before our last writes from one after the write that nobody answered.
   */
  public boolean unproven(Sides seen, Instant now) {
    return lastWritten.filter(seen::equals).isEmpty() && former(seen, now);
  }

  private static Map<String, Integer> ends(Sides sides) {
    return sides.of().entrySet().stream()
        .collect(
            Collectors.toMap(
                side ->
                    side.getValue().target().isEmpty() ? side.getKey() : side.getValue().target(),
                side -> side.getValue().weight(),
                Integer::sum));
  }

  /** Whether these weights are ours: written last, or meant to be. */
  public boolean knows(Sides seen) {
    return lastWritten.filter(seen::equals).isPresent()
        || intended.filter(seen::equals).isPresent();
  }
}

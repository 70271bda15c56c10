package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What differs in the cluster from what was applied. The API server itself says so (a dry run of
 * the apply), because only it knows defaults, normal forms and webhooks; it is asked again only
 * when the object was changed, so a quiet cluster costs no requests.
 */
final class Drift {

  /** Names a moment (RFC 3339, or a date) until which an object is left as it is. */
  static final String HANDS_OFF = "hikkoshi.dev/hands-off";

  /**
   * One object that differs.
   *
   * @param sentence its path and the fields that differ
   * @param since when it was first seen to differ
   */
  record Drifted(Part part, String sentence, Instant since) {}

  private record Judged(String revision, String asked, boolean exact, List<String> differences) {}

  private final LiveObjects live;
  private final ObjectWriter writer;
  private final Parallel parallel;
  private final InstantSource clock;
  private final Map<ObjectKey, Judged> judged = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Instant> since = new ConcurrentHashMap<>();

  Drift(LiveObjects live, ObjectWriter writer, Parallel parallel, InstantSource clock) {
    this.live = live;
    this.writer = writer;
    this.parallel = parallel;
    this.clock = clock;
  }

  /**
   * What differs now, in order of path.
   *
   * @param revision identifies what was applied
   * @param readOnly nothing is asked that needs the right to write, not even a dry run; then only
   *     what an object lacks is seen
   */
  List<Drifted> of(String revision, List<Part> parts, boolean readOnly) {
    return parallel.map(parts, part -> drifted(revision, part, parts, readOnly)).stream()
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(d -> d.part().key()))
        .toList();
  }

  /** Remembers that an object is now exactly as a revision wants it. */
  void applied(String revision, Part part, ObjectNode answer) {
    judged.put(part.key(), new Judged(revision, LiveObject.of(answer).asked(), true, List.of()));
    since.remove(part.key());
  }

  private Optional<Drifted> drifted(
      String revision, Part part, List<Part> release, boolean readOnly) {
    Optional<LiveObject> there = live.find(part.key());
    List<String> differences =
        there
            .map(
                o ->
                    handsOff(o)
                        ? List.<String>of()
                        : differences(revision, part, o, release, readOnly))
            .orElseGet(() -> leaves(part) ? List.of() : List.of("it is not there"));
    if (differences.isEmpty()) {
      since.remove(part.key());
      return Optional.empty();
    }
    Instant first = since.computeIfAbsent(part.key(), _ -> clock.instant());
    String sentence = part.key().path() + ": " + String.join(", ", differences);
    return Optional.of(new Drifted(part, sentence, first));
  }

  private List<String> differences(
      String revision, Part part, LiveObject there, List<Part> release, boolean readOnly) {
    Judged known = judged.get(part.key());
    if (known != null
        && known.revision().equals(revision)
        && known.asked().equals(there.asked())
        && (known.exact() || readOnly)) {
      return known.differences();
    }
    List<String> found =
        readOnly
            ? Differences.lacking(writer.body(part, there, release), there.tree())
            : compare(part, there, release);
    judged.put(part.key(), new Judged(revision, there.asked(), !readOnly, found));
    return found;
  }

  private List<String> compare(Part part, LiveObject there, List<Part> release) {
    try {
      ObjectNode wouldBe = writer.dryRun(part, there, release);
      return Differences.between(
          LiveObject.withoutBookkeeping(there.tree()), LiveObject.withoutBookkeeping(wouldBe));
    } catch (KubeException e) {
      if (e.refused()) {
        return List.of("it cannot be compared, " + e.getMessage());
      }
      throw e;
    }
  }

  private boolean handsOff(LiveObject object) {
    return object
        .annotation(HANDS_OFF)
        .flatMap(Drift::moment)
        .filter(until -> clock.instant().isBefore(until))
        .isPresent();
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException _) {
      // Perhaps a date alone, which means its beginning in UTC.
    }
    try {
      return Optional.of(LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** A Job with a time to live goes by itself when it is done. */
  static boolean leaves(Part part) {
    JsonNode timeToLive = part.body().at("/spec/ttlSecondsAfterFinished");
    return part.key().kind().equals("Job") && timeToLive.isNumber();
  }
}

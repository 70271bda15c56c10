package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One revision of a release, as the labels of Helm's Secret tell it.
 *
 * @param status Helm's word
 * @param hash of its manifests when Hikkoshi wrote it, else empty
 * @param secret without data
 */
record Revision(
    ReleaseId id,
    int number,
    String status,
    Optional<String> hash,
    Instant writtenAt,
    LiveObject secret) {

  /**
   * Marks a revision as ours and names its manifests. Helm copies a release's own labels into the
   * next revision, so the value begins with the number of the revision it was written for.
   */
  static final String LABEL = "hikkoshi.dev/manifests";

  /**
   * On our records: when what lies between the hooks before and the hooks after was done. It is
   * there only while a revision waits for something after it.
   */
  static final String APPLIED = "hikkoshi.dev/applied";

  static String label(int number, String hash) {
    return "r" + number + "-" + hash;
  }

  static Optional<Revision> of(LiveObject secret) {
    if (!secret.label("owner").equals(Optional.of("helm"))) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(secret.label("version").orElse(""));
      String prefix = label(number, "");
      return Optional.of(
          new Revision(
              new ReleaseId(secret.key().namespace(), secret.label("name").orElse("")),
              number,
              secret.label("status").orElse("unknown"),
              secret
                  .label(LABEL)
                  .filter(l -> l.startsWith(prefix))
                  .map(l -> l.substring(prefix.length())),
              writtenAt(secret),
              secret));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** All revisions by release, the newest first. */
  static TreeMap<ReleaseId, List<Revision>> byRelease(Iterable<LiveObject> secrets) {
    TreeMap<ReleaseId, List<Revision>> releases = new TreeMap<>();
    for (LiveObject secret : secrets) {
      of(secret).ifPresent(r -> releases.computeIfAbsent(r.id(), _ -> new ArrayList<>()).add(r));
    }
    releases.values().forEach(list -> list.sort(Comparator.comparing(Revision::number).reversed()));
    return releases;
  }

  boolean ours() {
    return hash.isPresent();
  }

  boolean deployed() {
    return status.equals("deployed");
  }

  boolean pending() {
    return status.startsWith("pending-");
  }

  /** Begun and not brought to an end: it may have put objects into the cluster. */
  boolean unfinished() {
    return pending() || status.equals("failed") || status.equals("uninstalling");
  }

  boolean uninstalling() {
    return status.equals("uninstalling");
  }

  /** When its objects were applied, or removed, where that was written down. */
  Optional<Instant> applied() {
    return secret.annotation(APPLIED).filter(at -> !at.isEmpty()).map(Instant::parse);
  }

  /** The wish that failed and that this revision is the way back from. */
  Optional<GivenUp> givenUp() {
    return GivenUp.of(secret);
  }

  /** Equal for equal content of the record. */
  String version() {
    return secret.uid() + "/" + secret.resourceVersion();
  }

  RevisionSeen seen() {
    return new RevisionSeen(number, status, hash.orElse(""), ours(), writtenAt);
  }

  /**
   * Helm writes times as seconds into labels; they are the only times outside the packed record. It
   * begins a revision with a copy of all labels of the one before, whose {@code modifiedAt} is then
   * older than this revision is: the newest time counts.
   */
  private static Instant writtenAt(LiveObject secret) {
    Instant created = Instant.parse(secret.at("/metadata/creationTimestamp").asText());
    return Stream.of("createdAt", "modifiedAt")
        .flatMap(label -> secret.label(label).stream())
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
        .reduce(created, (a, b) -> a.isAfter(b) ? a : b);
  }
}

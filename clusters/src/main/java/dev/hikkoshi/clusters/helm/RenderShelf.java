package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the renders of all clusters are kept. What was not used for longest goes when all together
 * take too much memory, of whatever cluster it is: a process has one memory for as many clusters as
 * there are. For many threads.
 */
final class RenderShelf {

  /** Too little would render a large environment anew with each pass. */
  private static final long LEAST = 256L << 20;

  /** What a character of a manifest takes as a tree. */
  private static final int SPREAD = 8;

  private static final long SMALLEST = 2_000;

  /**
   * Where one attempt lies.
   *
   * @param cluster equal for one cluster only: lookups of another one have other answers
   */
  record Key(Object cluster, ReleaseId id, String content) {}

  /** An attempt and when it was made. */
  record Entry(Attempt attempt, Instant at) {

    private long weight() {
      return switch (attempt) {
        case Attempt.Good(RenderedRelease release) ->
            SMALLEST + (long) SPREAD * release.chart().manifest().length();
        case Attempt.Bad(String problem) -> SMALLEST + problem.length();
      };
    }
  }

  private final long most;
  private final Map<Key, Entry> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /** A shelf that fits the process; what lies under two keys, as most does, counts twice. */
  RenderShelf() {
    this(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 2));
  }

  /** A shelf for at most so many bytes, as far as they can be told. */
  RenderShelf(long most) {
    this.most = most;
  }

  synchronized Optional<Entry> find(Key key) {
    return Optional.ofNullable(kept.get(key));
  }

  synchronized void keep(Key key, Entry entry) {
    Entry before = kept.put(key, entry);
    weight += entry.weight() - (before == null ? 0 : before.weight());
    var oldestFirst = kept.entrySet().iterator();
    while (weight > most && oldestFirst.hasNext()) {
      var oldest = oldestFirst.next();
      if (!oldest.getKey().equals(key)) {
        weight -= oldest.getValue().weight();
        oldestFirst.remove();
      }
    }
  }
}

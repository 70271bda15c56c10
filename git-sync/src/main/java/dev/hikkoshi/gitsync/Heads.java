package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.FetchResult.Head;
import dev.hikkoshi.gitsync.SourceConfig.Rewrites;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.ReflogEntry;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The last head that was followed, remembered in the clone too: a branch that was taken back to an
 * old state while nobody looked is still seen as rewritten.
 */
final class Heads {

  /** What the remote's branch pointed to at the last fetch, followed or not. */
  static final String FETCHED = "refs/hikkoshi/fetched";

  /** The last head that was followed; keeps its history from being swept away. */
  static final String HEAD = "refs/hikkoshi/head";

  private final SourceConfig config;
  private volatile @Nullable Head last;

  Heads(SourceConfig config) {
    this.config = config;
  }

  Optional<Head> last() {
    return Optional.ofNullable(last);
  }

  Head seen(ObjectId commit, Instant at) {
    Head head = new Head(commit.name(), at);
    last = head;
    return head;
  }

  /** Takes over what an earlier process saw; a clone that cannot be read is left to the fetch. */
  void recall(Clone clone) {
    if (!clone.exists()) {
      return;
    }
    try (Repository open = clone.acquire()) {
      Optional<ObjectId> head = clone.ref(HEAD);
      if (head.isPresent()) {
        last = new Head(head.get().name(), movedAt(open));
      }
    } catch (IOException | RuntimeException _) {
      clone.reportDamage();
    }
  }

  /** When the head was last moved; long ago when the clone does not say. */
  private static Instant movedAt(Repository open) throws IOException {
    ReflogReader log = open.getRefDatabase().getReflogReader(HEAD);
    ReflogEntry entry = log == null ? null : log.getLastEntry();
    return entry == null ? Instant.EPOCH : Instant.parse(entry.getComment());
  }

  /**
   * Follows a head that descends from the last one.
   *
   * @throws Trouble when it does not and rewrites are refused
   */
  ObjectId settle(Clone clone, ObjectId fetched, Instant now) throws IOException, Trouble {
    Head before = last;
    if (before != null
        && config.rewrites() == Rewrites.REFUSE
        && !clone.descends(fetched, ObjectId.fromString(before.commit()))) {
      throw new Trouble(
          Cause.REWRITTEN,
          "branch %s was rewritten: %s does not descend from %s, which stays in use; "
              .concat("push a commit that does, or set rewrites to follow")
              .formatted(config.branch(), shortened(fetched.name()), shortened(before.commit())));
    }
    move(clone, fetched, now);
    return fetched;
  }

  private static void move(Clone clone, ObjectId head, Instant now) throws IOException {
    try (Repository open = clone.acquire()) {
      RefUpdate update = open.updateRef(HEAD);
      update.setNewObjectId(head);
      update.setForceUpdate(true);
      update.setForceRefLog(true);
      update.setRefLogMessage(now.toString(), false); // the log's own time is the machine's
      switch (update.update()) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
        default -> throw new IOException("the clone's head cannot be moved: " + update.getResult());
      }
    }
  }

  private static String shortened(String commit) {
    return commit.substring(0, 12);
  }
}

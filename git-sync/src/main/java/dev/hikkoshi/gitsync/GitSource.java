package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.FetchResult.Head;
import dev.hikkoshi.gitsync.FetchResult.Unreachable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One repository, kept as a bare clone: fetched, read commit by commit, and pushed to with new
 * branches only.
 *
 * <p>Nothing that a remote, a network or a disk does is an exception of {@link #fetch} and {@link
 * #push}; reading a commit throws {@link SnapshotException}. A clone that is broken is made anew
 * beside the old one and takes its place only when it is whole. Safe for use by several threads:
 * transfers wait for each other, reads never wait.
 */
public final class GitSource implements AutoCloseable {

  private final SourceConfig config;
  private final InstantSource clock;
  private final RemoteUrl url;
  private final Heads heads;
  private final Clone clone;
  private final CommitReader commits;
  private final ReentrantLock transfers = new ReentrantLock();

  private boolean checked;
  private volatile @Nullable FetchResult last;
  private @Nullable Instant failingSince;

  private GitSource(SourceConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.url = RemoteUrl.parse(config.name(), config.url());
    this.clone = new Clone(config.cache().resolve(config.name() + ".git"));
    this.heads = new Heads(config);
    this.commits = new CommitReader(config, clone);
  }

  /**
   * A source. Touches neither network nor disk, but for what an earlier process left in the cache:
   * its last head is known at once, so that a remote that is down at our start hides nothing.
   */
  public static GitSource open(SourceConfig config, InstantSource clock) {
    Hermetic.install();
    GitSource source = new GitSource(config, clock);
    source.heads.recall(source.clone);
    return source;
  }

  public SourceConfig config() {
    return config;
  }

  /** What the last {@link #fetch} came to; empty before the first. */
  public Optional<FetchResult> last() {
    return Optional.ofNullable(last);
  }

  /** The last commit known to be the branch's head, from this process or from an earlier one. */
  public Optional<Head> lastHead() {
    return heads.last();
  }

  /**
   * Asks the remote for the branch's head and gets all it needs. Blocks up to the configured time.
   *
   * @return never an exception; {@link Unreachable} says what is wrong and since when
   */
  public FetchResult fetch() {
    transfers.lock();
    try {
      FetchResult result = attempt();
      last = result;
      return result;
    } finally {
      transfers.unlock();
    }
  }

  /**
   * The files of any commit of the branch's history.
   *
   * @param commit full id
   * @throws SnapshotException when the clone has no such commit
   */
  public Snapshot snapshot(String commit) {
    return commits.snapshot(commit);
  }

  /**
   * What is known of a commit.
   *
   * @throws SnapshotException when the clone has no such commit
   */
  public CommitInfo commit(String commit) {
    return commits.commit(commit);
  }

  /**
   * The branch as it was, from a commit back.
   *
   * @param from full id, the first of the answer
   * @param until where to stop, not part of the answer; empty for the root
   * @param max most commits to answer
   * @throws SnapshotException when the clone lacks a commit on the way
   */
  public History firstParents(String from, Optional<String> until, int max) {
    return commits.firstParents(from, until, max);
  }

  /**
   * Makes a commit and pushes it as a new branch. A branch of that name is never overwritten: the
   * remote is told that it must not exist.
   *
   * @return never an exception for what remote, network or request do
   */
  public PushResult push(BranchPush push) {
    transfers.lock();
    Credentials credentials = Credentials.none();
    try (CacheLock _ = CacheLock.take(config.cache(), config.name())) {
      credentials = Credentials.read(config.credentials(), url.kind());
      return new Pusher(clone, remote(credentials), credentials, config.timeouts().fetch())
          .push(push, clock.instant());
    } catch (Trouble trouble) {
      return Pusher.failed(trouble);
    } finally {
      transfers.unlock();
    }
  }

  /** Frees the clone's files; waits for a transfer in work. */
  @Override
  public void close() {
    transfers.lock();
    try {
      clone.close();
    } finally {
      transfers.unlock();
    }
  }

  private FetchResult attempt() {
    Credentials credentials = Credentials.none();
    try (CacheLock _ = CacheLock.take(config.cache(), config.name())) {
      credentials = Credentials.read(config.credentials(), url.kind());
      return succeeded(transfer(remote(credentials), credentials));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed(new Trouble(Cause.CONNECTION, "the fetch was stopped"));
    } catch (Exception e) {
      return failed(Troubles.of(e, credentials));
    }
  }

  private Remote remote(Credentials credentials) {
    return new Remote(url, credentials, (int) config.timeouts().idle().toSeconds(), config.cache());
  }

  private ObjectId transfer(Remote remote, Credentials credentials) throws Exception {
    if (usable()) {
      try {
        return heads.settle(clone, fetchInto(clone, remote), clock.instant());
      } catch (IOException e) {
        if (!broken(Troubles.of(e, credentials).kind())) {
          throw e;
        }
      }
    }
    Clone fresh = new Clone(config.cache().resolve(config.name() + ".git.new"));
    fresh.discard();
    ObjectId head = heads.settle(fresh, fetchInto(fresh, remote), clock.instant());
    clone.replaceWith(fresh);
    return head;
  }

  private ObjectId fetchInto(Clone target, Remote remote) throws Exception {
    String branch = BranchName.require(config.branch());
    return Deadline.run(
        config.timeouts().fetch(),
        () -> requireSmall(target),
        () -> {
          try (var open = target.acquire()) {
            remote.fetch(open, branch, Heads.FETCHED);
          }
          requireSmall(target); // a fast remote is done between two looks of the guard
          return target
              .ref(Heads.FETCHED)
              .orElseThrow(() -> new Trouble(Cause.BRANCH_MISSING, "no branch " + branch));
        });
  }

  private void requireSmall(Clone target) throws Trouble {
    long most = config.timeouts().repositoryBytes();
    if (target.objectBytes() > most) {
      throw new Trouble(
          Cause.TOO_LARGE, "the clone grew beyond " + most + " bytes, so the fetch was ended");
    }
  }

  /**
   * Whether to fetch into the clone that is there; looks through one that an earlier process left.
   */
  private boolean usable() {
    if (clone.isDamaged()) {
      return false;
    }
    if (!clone.exists()) {
      clone.close(); // somebody removed it: made anew by its next use
      checked = true;
    }
    checked = checked || intact();
    return checked;
  }

  private boolean broken(Cause cause) {
    return switch (cause) {
      case DAMAGED, CACHE -> !intact();
      case CONNECTION -> !clone.exists();
      case AUTHENTICATION, HOST_KEY, REPOSITORY_MISSING, BRANCH_MISSING, REWRITTEN, TOO_LARGE ->
          false;
    };
  }

  private boolean intact() {
    try {
      Optional<ObjectId> head = clone.ref(Heads.HEAD);
      if (head.isPresent()) {
        clone.verify(head.get());
      }
      return true;
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }

  private FetchResult succeeded(ObjectId head) {
    failingSince = null;
    return heads.seen(head, clock.instant());
  }

  private FetchResult failed(Trouble trouble) {
    Instant since = failingSince == null ? clock.instant() : failingSince;
    failingSince = since;
    return new Unreachable(trouble.kind(), trouble.why(), since, heads.last());
  }
}

package dev.hikkoshi.controller.source;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.gitsync.BranchPush;
import dev.hikkoshi.gitsync.CommitInfo;
import dev.hikkoshi.gitsync.FetchResult;
import dev.hikkoshi.gitsync.GitSource;
import dev.hikkoshi.gitsync.Poller;
import dev.hikkoshi.gitsync.PushResult;
import dev.hikkoshi.gitsync.Snapshot;
import dev.hikkoshi.gitsync.SnapshotException;
import dev.hikkoshi.gitsync.SourceConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A source over git-sync: a bare clone that is polled. */
public final class GitOrigin implements Source {

  private static final String AUTHOR = "Hikkoshi";
  private static final String ADDRESS = "hikkoshi@hikkoshi.dev";

  private final GitSource git;
  private final Poller poller;

  /** Nothing is fetched before {@link #watch}. */
  public GitOrigin(SourceConfig config, InstantSource clock) {
    this.git = GitSource.open(config, clock);
    // Sources only have to poll at different times; nothing secret hangs on it.
    this.poller = Poller.of(git, clock, new SplittableRandom(config.name().hashCode()));
  }

  @Override
  public String name() {
    return git.config().name();
  }

  @Override
  public String folder() {
    return git.config().path();
  }

  @Override
  public void watch(Consumer<SourceState> listener) {
    poller.onResult(result -> listener.accept(state(result))).start();
  }

  private static SourceState state(FetchResult result) {
    return switch (result) {
      case FetchResult.Head(String commit, var at) -> new SourceState.Head(commit, at);
      case FetchResult.Unreachable gone ->
          new SourceState.Unreachable(
              gone.why(), gone.since(), gone.lastHead().map(FetchResult.Head::commit));
    };
  }

  @Override
  public void hint() {
    poller.hint();
  }

  @Override
  public FileTree tree(String commit) {
    return new Tree(reading(() -> git.snapshot(commit)));
  }

  @Override
  public List<String> firstParents(String from, int most) {
    return reading(() -> git.firstParents(from, Optional.empty(), most)).commits().stream()
        .map(CommitInfo::id)
        .toList();
  }

  @Override
  public Push push(String branch, String base, Map<String, byte[]> files, String message) {
    BranchPush push = new BranchPush(base, branch, files, message, AUTHOR, ADDRESS);
    return switch (git.push(push)) {
      case PushResult.Pushed(String commit) -> new Push.Pushed(commit);
      case PushResult.Exists _ -> new Push.Exists();
      case PushResult.Refused(String why) -> new Push.Refused(why);
      case PushResult.Unreachable(String why) -> new Push.Unreachable(why);
    };
  }

  @Override
  public void close() {
    poller.close();
    git.close();
  }

  /** A snapshot under the core's contract, which is the same word for word. */
  private record Tree(Snapshot snapshot) implements FileTree {

    @Override
    public String commit() {
      return snapshot.commit();
    }

    @Override
    public Optional<byte[]> read(String path) {
      return reading(() -> snapshot.read(path));
    }

    @Override
    public List<String> files(String directory) {
      return reading(() -> snapshot.files(directory));
    }
  }

  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (SnapshotException e) {
      throw new FileTreeException(e.path(), String.valueOf(e.getMessage()));
    }
  }
}

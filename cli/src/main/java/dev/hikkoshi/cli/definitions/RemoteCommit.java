package dev.hikkoshi.cli.definitions;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.gitsync.CommitInfo;
import dev.hikkoshi.gitsync.FetchResult;
import dev.hikkoshi.gitsync.GitSource;
import dev.hikkoshi.gitsync.SnapshotException;
import dev.hikkoshi.gitsync.SourceConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A commit of a repository that is fetched into the user's cache.
 *
 * @param commit full id or the beginning of one among the branch's newest; without it the head
 * @param folder below which the environments lie; empty for the root
 */
public record RemoteCommit(
    String url, String branch, Optional<String> commit, String folder, Optional<Path> credentials) {

  private static final int SHORTEST = 7;
  private static final int NEWEST = 1_000;

  /**
   * Fetches and reads; the answer is closed by its owner.
   *
   * @throws CliException when the remote does not answer (unreadable), or there is no such commit
   */
  public FetchedCommit read(Session session, Templates templates, Secrets secrets) {
    GitSource source = open(session);
    try {
      return switch (source.fetch()) {
        case FetchResult.Unreachable unreachable ->
            throw new CliException(Exit.UNREADABLE, unreachable.why(), "");
        case FetchResult.Head head -> read(source, head, templates, secrets);
      };
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private GitSource open(Session session) {
    try {
      return GitSource.open(config(session), session.clock());
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), "");
    }
  }

  private FetchedCommit read(
      GitSource source, FetchResult.Head head, Templates templates, Secrets secrets) {
    String id = commit.map(wanted -> resolve(source, head, wanted)).orElse(head.commit());
    try {
      return new FetchedCommit(
          source,
          folder,
          templates,
          secrets,
          DefinitionFiles.ofTree(source.snapshot(id), folder, templates, secrets));
    } catch (SnapshotException e) {
      throw new CliException(Exit.ERROR, "commit " + id + ": " + e.getMessage(), "");
    }
  }

  private static String resolve(GitSource source, FetchResult.Head head, String wanted) {
    if (wanted.matches("[0-9a-f]{40}")) {
      return wanted;
    }
    List<String> found =
        source.firstParents(head.commit(), Optional.empty(), NEWEST).commits().stream()
            .map(CommitInfo::id)
            .filter(id -> wanted.length() >= SHORTEST && id.startsWith(wanted))
            .toList();
    if (found.size() != 1) {
      throw new CliException(
          Exit.ERROR,
          "'%s' is no commit of the branch, or not only one".formatted(wanted),
          "Give the full id, or at least %d letters of one of the newest %d commits."
              .formatted(SHORTEST, NEWEST));
    }
    return found.getFirst();
  }

  /** One clone for each address and branch, so that the next plan fetches little. */
  private SourceConfig config(Session session) {
    Path caches =
        session
            .variable("XDG_CACHE_HOME")
            .map(Path::of)
            .orElseGet(() -> Path.of(session.variable("HOME").orElse("."), ".cache"));
    String key =
        UUID.nameUUIDFromBytes((url + " " + branch).getBytes(StandardCharsets.UTF_8)).toString();
    return SourceConfig.of("plan-" + key, url, branch, caches.resolve("hikkoshi/git"))
        .withRewrites(SourceConfig.Rewrites.FOLLOW)
        .withCredentials(credentials);
  }
}

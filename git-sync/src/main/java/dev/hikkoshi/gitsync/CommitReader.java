package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Commits and their order, from the clone. */
final class CommitReader {

  private static final int SUBJECT = 200;

  private final SourceConfig config;
  private final Clone clone;

  CommitReader(SourceConfig config, Clone clone) {
    this.config = config;
    this.clone = clone;
  }

  Snapshot snapshot(String commit) {
    return walk(
        commit,
        (walk, found) ->
            new Snapshot(
                found.name(),
                new ConfinedTree(
                    GitNode.root(clone, found.getTree().copy()), config.limits(), "repository")));
  }

  CommitInfo commit(String commit) {
    return walk(commit, (walk, found) -> info(found));
  }

  History firstParents(String from, Optional<String> until, int max) {
    return walk(
        from,
        (walk, found) -> {
          List<CommitInfo> commits = new ArrayList<>();
          RevCommit next = found;
          while (commits.size() < max) {
            if (until.filter(next.name()::equals).isPresent()) {
              return new History(commits, true);
            }
            commits.add(info(next));
            if (next.getParentCount() == 0) {
              return new History(commits, until.isEmpty());
            }
            next = walk.parseCommit(next.getParent(0));
          }
          return new History(commits, until.filter(next.name()::equals).isPresent());
        });
  }

  private interface Work<T> {
    T on(RevWalk walk, RevCommit commit) throws IOException;
  }

  private <T> T walk(String commit, Work<T> work) {
    if (!ObjectId.isId(commit)) {
      throw new SnapshotException("", ConfinedTree.quoted(commit) + " is no full id of a commit");
    }
    try (Repository open = clone.acquire();
        RevWalk walk = new RevWalk(open)) {
      return work.on(walk, walk.parseCommit(ObjectId.fromString(commit)));
    } catch (IOException _) {
      throw new SnapshotException(
          "", "commit " + commit + " or one before it cannot be read in source " + config.name());
    }
  }

  private static CommitInfo info(RevCommit commit) {
    PersonIdent author = commit.getAuthorIdent();
    return new CommitInfo(
        commit.name(),
        Arrays.stream(commit.getParents()).map(RevCommit::name).toList(),
        Texts.line(author.getName() + " <" + author.getEmailAddress() + ">", SUBJECT),
        commit.getCommitterIdent().getWhenAsInstant(),
        Texts.line(commit.getShortMessage(), SUBJECT));
  }
}

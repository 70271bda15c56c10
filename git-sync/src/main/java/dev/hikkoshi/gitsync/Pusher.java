package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.PushResult.Exists;
import dev.hikkoshi.gitsync.PushResult.Pushed;
import dev.hikkoshi.gitsync.PushResult.Refused;
import dev.hikkoshi.gitsync.PushResult.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Makes one commit out of blobs and offers it to the remote as a new branch. */
final class Pusher {

  private final Clone clone;
  private final Remote remote;
  private final Credentials credentials;
  private final Duration longest;

  Pusher(Clone clone, Remote remote, Credentials credentials, Duration longest) {
    this.clone = clone;
    this.remote = remote;
    this.credentials = credentials;
    this.longest = longest;
  }

  PushResult push(BranchPush push, Instant now) {
    try {
      return Deadline.run(longest, () -> {}, () -> offer(push, now));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Unreachable("the push was stopped");
    } catch (TreeEdit.NotAFile e) {
      return new Refused(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      return failed(Troubles.of(e, credentials));
    }
  }

  /** What trouble means for a push: what a second try would meet again is a refusal. */
  static PushResult failed(Trouble trouble) {
    return switch (trouble.kind()) {
      case AUTHENTICATION, HOST_KEY, REPOSITORY_MISSING, BRANCH_MISSING, REWRITTEN ->
          new Refused(trouble.why());
      case CONNECTION, DAMAGED, TOO_LARGE, CACHE -> new Unreachable(trouble.why());
    };
  }

  private PushResult offer(BranchPush push, Instant now) throws Exception {
    String ref = BranchName.require(push.branch());
    try (Repository open = clone.acquire()) {
      ObjectId commit = commit(open, push, now);
      RemoteRefUpdate update = remote.create(open, commit, ref);
      return switch (update.getStatus()) {
        case OK -> new Pushed(commit.name());
        case UP_TO_DATE, REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD ->
            new Exists(push.branch());
        case NOT_ATTEMPTED, AWAITING_REPORT ->
            new Unreachable("the remote did not say what became of the branch");
        case REJECTED_NODELETE, REJECTED_OTHER_REASON, NON_EXISTING ->
            lostOrRefused(open, push, ref, update);
      };
    }
  }

  /** Another may have made the branch between the remote's first and last word. */
  private PushResult lostOrRefused(
      Repository open, BranchPush push, String ref, RemoteRefUpdate update) throws IOException {
    if (remote.look(open, ref).isPresent()) {
      return new Exists(push.branch());
    }
    String why = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
    return new Refused("the remote refuses the branch: " + credentials.redact(Texts.line(why)));
  }

  private static ObjectId commit(Repository open, BranchPush push, Instant now)
      throws IOException, TreeEdit.NotAFile, Trouble {
    if (!ObjectId.isId(push.base())) {
      throw new Trouble(Cause.REWRITTEN, "the base of the branch is no full id of a commit");
    }
    try (RevWalk walk = new RevWalk(open);
        ObjectInserter inserter = open.newObjectInserter()) {
      ObjectId base = ObjectId.fromString(push.base());
      ObjectId tree = walk.parseCommit(base).getTree();
      TreeEdit edit = new TreeEdit(walk.getObjectReader(), inserter);
      for (Map.Entry<String, byte[]> file : push.files().entrySet()) {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
        tree = edit.replace(tree, file.getKey(), blob);
        inserter.flush(); // the next file reads the tree just made
      }
      PersonIdent author =
          new PersonIdent(push.authorName(), push.authorAddress(), now, ZoneOffset.UTC);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setParentIds(List.of(base));
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(push.message());
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }
}

package dev.hikkoshi.gitsync;

import java.util.List;

/**
 * A stretch of a branch along first parents, newest first: what the branch was, commit by commit,
 * whatever was merged into it.
 *
 * @param commits from the asked one on; the end commit is not among them
 * @param complete whether the end was met; false when the bound came first, or the end lies on no
 *     first-parent line (then {@code commits} reach back to the root)
 */
public record History(List<CommitInfo> commits, boolean complete) {

  public History {
    commits = List.copyOf(commits);
  }
}

package dev.hikkoshi.gitsync;

import java.util.Map;
import java.util.TreeMap;

/**
 * A new branch with one commit that changes some files and no other byte; see {@link
 * GitSource#push}.
 *
 * @param base full id of the commit to build on
 * @param branch name of the new branch, for example {@code hikkoshi/shop-1.37}
 * @param files path from the root → new content; each must be a regular file of {@code base}
 * @param message the commit's message
 * @param authorName shown as author and committer
 * @param authorAddress e-mail address of the author
 */
public record BranchPush(
    String base,
    String branch,
    Map<String, byte[]> files,
    String message,
    String authorName,
    String authorAddress) {

  public BranchPush {
    BranchName.require(branch);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a push without a changed file");
    }
    files = new TreeMap<>(files);
  }
}

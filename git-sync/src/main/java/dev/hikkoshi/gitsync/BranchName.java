package dev.hikkoshi.gitsync;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Names of branches as Git allows them. */
final class BranchName {

  private BranchName() {}

  /** The full reference of a branch. */
  static String require(String branch) {
    String ref = Constants.R_HEADS + branch;
    if (branch.startsWith(Constants.R_REFS) || !Repository.isValidRefName(ref)) {
      throw new IllegalArgumentException(
          "\"" + branch + "\" is no name of a branch; write it without refs/heads/");
    }
    return ref;
  }
}

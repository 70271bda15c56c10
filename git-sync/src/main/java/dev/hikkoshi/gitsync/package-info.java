/**
 * Git to snapshots, and the one branch the schedule pushes. A source is a bare clone in a cache
 * folder that is fetched again and again; what the controller reads are blobs of a commit, never a
 * work tree: no hook, filter, submodule or large-file pointer is ever followed, links stay inside
 * the repository and every size is bounded. A remote that does not answer, or not as expected, is a
 * value ({@link dev.hikkoshi.gitsync.FetchResult.Unreachable}) that is shown, never an empty
 * answer. JGit's types do not leave this package, and no user's or machine's Git configuration
 * enters it.
 */
@NullMarked
package dev.hikkoshi.gitsync;

import org.jspecify.annotations.NullMarked;

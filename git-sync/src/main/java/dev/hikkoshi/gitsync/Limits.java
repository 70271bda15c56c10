package dev.hikkoshi.gitsync;

/**
 * Bounds on what is read from one tree. Repositories are written by many hands; without bounds one
 * commit could take the memory of all environments.
 *
 * @param fileBytes largest single file
 * @param totalBytes all distinct files read from one snapshot
 * @param files most files that one listing answers
 * @param depth most folders between the root and a file
 * @param links most links followed on the way to one file
 */
public record Limits(int fileBytes, long totalBytes, int files, int depth, int links) {

  /** 5 MiB a file, 256 MiB and 20,000 files a snapshot, 32 folders deep, 16 links. */
  public static final Limits DEFAULT = new Limits(5 << 20, 256L << 20, 20_000, 32, 16);

  public Limits {
    if (fileBytes < 1 || totalBytes < 1 || files < 1 || depth < 1 || links < 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}

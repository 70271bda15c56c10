package dev.hikkoshi.environments.definition;

/** The one line that an upgrade changes. */
public final class VersionLine {

  private VersionLine() {}

  /** What became of an edit. */
  public sealed interface Edit {

    /** The same bytes with only the value of {@code metadata.version} changed. */
    record Edited(byte[] content) implements Edit {}

    /** Not done, and why: the value is an alias, is missing, or the file is no YAML. */
    record Refused(String why) implements Edit {}
  }

  /**
   * Changes {@code metadata.version} and no other byte: quotes, comments, line ends and a byte
   * order mark stay. The result is read again to see that it says what was meant.
   *
   * @param clusterFile the bytes of a cluster file
   * @param version for example {@code 1.37}
   */
  public static Edit change(byte[] clusterFile, String version) {
    return new Edit.Refused("not written yet: " + clusterFile.length + " " + version);
  }
}

package dev.hikkoshi.tools;

import java.util.Objects;
import java.util.Optional;

/**
 * A tool at a version.
 *
 * @param tool which binary
 * @param version one of the pinned versions, three numbers without a {@code v}
 */
public record Artifact(Tool tool, String version) {

  public Artifact {
    Objects.requireNonNull(tool, "tool");
    if (!tool.versions().contains(version)) {
      throw new IllegalArgumentException(
          "%s %s is not pinned; there are: %s"
              .formatted(tool.binary(), version, String.join(", ", tool.versions())));
    }
  }

  /** Major and minor, such as {@code 1.36}. */
  public String minor() {
    return minorOf(version);
  }

  /**
   * Reads {@code kube-apiserver}, {@code kube-apiserver@1.36} or {@code kube-apiserver@1.36.3}.
   *
   * @return empty where no such tool or version is pinned
   */
  public static Optional<Artifact> parse(String text) {
    int at = text.indexOf('@');
    Optional<Tool> tool = Tool.named(at < 0 ? text : text.substring(0, at));
    if (at < 0) {
      return tool.map(Tool::pinned);
    }
    String wanted = text.substring(at + 1);
    return tool.flatMap(
        found ->
            found.versions().stream()
                .filter(version -> version.equals(wanted) || minorOf(version).equals(wanted))
                .map(version -> new Artifact(found, version))
                .findFirst());
  }

  @Override
  public String toString() {
    return tool.binary() + "@" + version;
  }

  static String minorOf(String version) {
    return version.substring(0, version.lastIndexOf('.'));
  }
}

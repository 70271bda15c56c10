package dev.hikkoshi.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A machine with a Go command that does what a test says, and notes that it was asked. */
final class FakeGo {

  /** Builds a file that can be run. */
  static final String BUILDS =
      "echo example.org/some/package >&2; echo '#!/bin/sh' > \"$out\"; /bin/chmod +x \"$out\"";

  private static final String SCRIPT =
      """
      #!/bin/sh
      here=${0%/*}
      case "$1" in
        env) /bin/cat "$here/version"; echo "$here/gocache" ;;
        build)
          echo run >> "$here/builds"
          /usr/bin/env > "$here/environment"
          while [ $# -gt 0 ]; do
            if [ "$1" = -o ]; then out=$2; fi
            shift
          done
          . "$here/behaviour" ;;
      esac
      """;

  private final Path folder;

  FakeGo(Path folder, String version, String behaviour) {
    this.folder = folder;
    executable(folder.resolve("go"), SCRIPT);
    write("version", version + "\n");
    behaves(behaviour);
  }

  /** From now on a build runs this piece of shell; {@code $out} is the file to write. */
  void behaves(String behaviour) {
    write("behaviour", behaviour + "\n");
  }

  int builds() {
    return lines("builds").size();
  }

  List<String> environmentOfLastBuild() {
    return lines("environment");
  }

  boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  Path folder() {
    return folder;
  }

  /** An environment whose PATH has nothing but this. */
  Map<String, String> environment() {
    return Map.of("PATH", folder.toString());
  }

  /** A program that prints a line and ends. */
  void alsoInPath(String name, String prints) {
    executable(folder.resolve(name), "#!/bin/sh\necho '" + prints + "'\n");
  }

  static void executable(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(String name) {
    try {
      return exists(name) ? Files.readAllLines(folder.resolve(name)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

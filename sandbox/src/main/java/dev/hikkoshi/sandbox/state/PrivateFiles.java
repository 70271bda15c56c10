package dev.hikkoshi.sandbox.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only this user may read: there are keys in them. */
public final class PrivateFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  /** Makes a directory of mode 0700, with its parents. */
  public static void directory(Path directory) throws IOException {
    if (POSIX) {
      var mode = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
    } else {
      Files.createDirectories(directory);
    }
  }

  /** Writes a file of mode 0600, in place of one that is there. */
  public static void write(Path file, byte[] content) throws IOException {
    if (POSIX && !Files.exists(file)) {
      var mode = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
    }
    Files.write(file, content);
  }

  /** Writes a text file of mode 0600, in place of one that is there. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}

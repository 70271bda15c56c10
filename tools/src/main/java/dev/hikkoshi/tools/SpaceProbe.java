package dev.hikkoshi.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks how many bytes can still be written below a folder. */
@FunctionalInterface
interface SpaceProbe {

  /** Usable bytes on the file system that the folder, or its nearest existing parent, lies on. */
  long usableBytes(Path folder) throws IOException;

  /** Asks the file system. */
  static long ofFileSystem(Path folder) throws IOException {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }
}

package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.kube.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Packed charts on disk, by their digest, and for exact versions which digest they had. A file
 * whose content is not its digest is no hit. Whatever goes wrong with the disk only costs a fetch.
 */
final class ArchiveCache {

  private final Path archives;
  private final Path names;
  private final long most;
  private final InstantSource clock;

  /**
   * A cache.
   *
   * @param most bytes; the least recently used goes first
   */
  ArchiveCache(Path folder, long most, InstantSource clock) {
    this.archives = folder.resolve("archives");
    this.names = folder.resolve("names");
    this.most = most;
    this.clock = clock;
  }

  Optional<byte[]> find(String name) {
    try {
      String digest = Files.readString(names.resolve(Trees.hash(name)), StandardCharsets.UTF_8);
      if (!digest.matches("[0-9a-f]{64}")) {
        return Optional.empty();
      }
      Path file = archives.resolve(digest);
      byte[] content = Files.readAllBytes(file);
      if (!digest(content).equals(digest)) {
        Files.delete(file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return Optional.of(content);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  void keep(String name, byte[] content) {
    String digest = digest(content);
    try {
      Files.createDirectories(archives);
      Files.createDirectories(names);
      write(archives.resolve(digest), content);
      write(names.resolve(Trees.hash(name)), digest.getBytes(StandardCharsets.UTF_8));
      makeRoom();
    } catch (IOException e) {
      System.getLogger("dev.hikkoshi.charts")
          .log(System.Logger.Level.WARNING, "a chart is not kept: " + e.getMessage());
    }
  }

  /** By a rename, so that another process never reads half of it. */
  private void write(Path place, byte[] content) throws IOException {
    Path half = Files.createTempFile(place.getParent(), "half-", "");
    try {
      Files.write(half, content);
      Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
      Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private void makeRoom() throws IOException {
    List<Path> oldestFirst;
    try (Stream<Path> files = Files.list(archives)) {
      oldestFirst = files.sorted(Comparator.comparing(ArchiveCache::used)).toList();
    }
    long all = oldestFirst.stream().mapToLong(Folders::size).sum();
    for (Path file : oldestFirst) {
      if (all <= most) {
        return;
      }
      all -= Folders.size(file);
      Files.deleteIfExists(file);
    }
  }

  private static FileTime used(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  static String digest(byte[] content) {
    return HexFormat.of().formatHex(Trees.sha256().digest(content));
  }
}

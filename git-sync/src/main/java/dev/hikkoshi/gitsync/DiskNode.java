package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a folder on disk. Folders remember their entries: finding one of a thousand files
 * would else look at all thousand, for each of them.
 */
final class DiskNode implements Node {

  private static final Set<OpenOption> UNFOLLOWED =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final Kind kind;
  private volatile @Nullable SortedMap<String, Node> children;

  private DiskNode(Path path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  static DiskNode root(Path path) {
    try {
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        return new DiskNode(real, Kind.DIRECTORY);
      }
    } catch (IOException _) {
      // told below, as for what is no folder
    }
    throw new SnapshotException("", path + " is no readable folder");
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public byte[] bytes(int max) throws NodeException {
    try {
      if (kind == Kind.LINK) {
        return Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8);
      }
      try (SeekableByteChannel file = Files.newByteChannel(path, UNFOLLOWED);
          InputStream in = Channels.newInputStream(file)) {
        if (file.size() > max) {
          throw larger(max);
        }
        // It may grow while it is read.
        byte[] bytes = in.readNBytes(max + 1);
        if (bytes.length > max) {
          throw larger(max);
        }
        return bytes;
      }
    } catch (IOException e) {
      throw new NodeException("cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static NodeException larger(int max) {
    return new NodeException("is larger than " + max + " bytes");
  }

  @Override
  public SortedMap<String, Node> children() throws NodeException {
    SortedMap<String, Node> known = children;
    if (known == null) {
      known = Collections.unmodifiableSortedMap(list());
      children = known;
    }
    return known;
  }

  private SortedMap<String, Node> list() throws NodeException {
    SortedMap<String, Node> entries = new TreeMap<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(path)) {
      for (Path entry : folder) {
        String name = entry.getFileName().toString();
        if (!name.equals(".git")) {
          entries.put(name, new DiskNode(entry, kindOf(entry)));
        }
      }
    } catch (IOException e) {
      throw new NodeException("cannot be listed: " + e.getClass().getSimpleName());
    }
    return entries;
  }

  private static Kind kindOf(Path entry) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return Kind.LINK;
    }
    if (attributes.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.SPECIAL;
  }
}

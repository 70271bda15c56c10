package dev.hikkoshi.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The folder that binaries are kept in: {@code tools/<binary>/<version>-<platform>-<content>-<go
 * version>/<binary>}.
 *
 * <p>The content part is a hash of the module's files, the package, its tags and the linker flags.
 * The Go version stands apart, so that a binary is still found where Go is gone. A folder appears
 * by one rename of a finished build, so what is there is whole.
 */
record ToolCache(Path root) {

  /** File locks belong to the process: threads of one process need a lock of their own. */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  /**
   * {@code HIKKOSHI_CACHE}, else {@code XDG_CACHE_HOME/hikkoshi}, else {@code ~/.cache/hikkoshi}.
   */
  static ToolCache of(Map<String, String> environment) {
    return new ToolCache(
        absolute(environment, "HIKKOSHI_CACHE")
            .or(() -> absolute(environment, "XDG_CACHE_HOME").map(xdg -> xdg.resolve("hikkoshi")))
            .or(() -> absolute(environment, "HOME").map(home -> home.resolve(".cache/hikkoshi")))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "hikkoshi")));
  }

  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    // XDG: relative paths are invalid and ignored.
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  /** Hash of all that decides what a binary does, except the Go version. */
  static String contentKey(Artifact artifact, SortedMap<String, byte[]> sources) {
    MessageDigest digest = sha256();
    sources.forEach(
        (name, bytes) -> {
          add(digest, name.getBytes(StandardCharsets.UTF_8));
          add(digest, bytes);
        });
    Tool tool = artifact.tool();
    String flags = String.join(",", tool.tags()) + tool.ldflags(artifact.version());
    for (String part : List.of(tool.goPackage(), flags)) {
      add(digest, part.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Path folderOf(Artifact artifact) {
    return root.resolve("tools").resolve(artifact.tool().binary());
  }

  private static String prefix(Artifact artifact, String contentKey) {
    return "%s-%s-%s-".formatted(artifact.version(), GoToolchain.platform(), contentKey);
  }

  /** Where a binary built with that Go is or will be. */
  Path place(Artifact artifact, String contentKey, String goVersion) {
    return folderOf(artifact)
        .resolve(prefix(artifact, contentKey) + goVersion)
        .resolve(artifact.tool().binary());
  }

  /** The newest binary of that content, built with whatever Go. */
  Optional<Path> builtWithAnyGo(Artifact artifact, String contentKey) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(folderOf(artifact), prefix(artifact, contentKey) + "*")) {
      folders.forEach(folder -> found.add(folder.resolve(artifact.tool().binary())));
    } catch (IOException e) {
      return Optional.empty();
    }
    return found.stream()
        .filter(Files::isExecutable)
        .max(Comparator.comparing(ToolCache::modified));
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Whether anything of this module was built here, so that Go's own cache is probably warm. */
  boolean warm(GoModule module) {
    return Stream.of(Tool.values())
        .filter(tool -> tool.module() == module)
        .anyMatch(tool -> Files.isDirectory(root.resolve("tools").resolve(tool.binary())));
  }

  /** A fresh folder to build in, on the same file system as the final place. */
  Path workFolder(GoModule module) throws IOException {
    Path parent = Files.createDirectories(root.resolve("work"));
    return Files.createTempDirectory(parent, module.folder() + "-");
  }

  /** Removes what interrupted builds of the module left; call it holding the module's lock. */
  void sweep(GoModule module) throws IOException {
    Path parent = root.resolve("work");
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, module.folder() + "-*")) {
      for (Path folder : left) {
        delete(folder);
      }
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Puts a finished binary into its place by one rename, its bytes on the disk before its name. */
  Path publish(Path built, Path place) throws IOException {
    try (FileChannel channel = FileChannel.open(built, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path folder = parentOf(place);
    Files.createDirectories(parentOf(folder));
    // A folder without its binary is only there if somebody deleted the file by hand.
    delete(folder);
    Files.move(parentOf(built), folder, StandardCopyOption.ATOMIC_MOVE);
    return place;
  }

  private static Path parentOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "a cached file lies in a folder of its own");
  }

  /**
   * Takes the lock of a module, which all its artifacts share: two builds of one module at once
   * would compile the same packages twice.
   *
   * @param whenBusy called once if another holds it
   */
  Held lock(GoModule module, Runnable whenBusy) throws IOException, InterruptedException {
    Path file = Files.createDirectories(root.resolve("locks")).resolve(module.folder() + ".lock");
    ReentrantLock inProcess =
        IN_PROCESS.computeIfAbsent(file.toAbsolutePath(), _ -> new ReentrantLock());
    boolean told = !inProcess.tryLock();
    if (told) {
      whenBusy.run();
      inProcess.lockInterruptibly();
    }
    boolean held = false;
    try {
      FileChannel channel = lockFile(file, told ? () -> {} : whenBusy);
      held = true;
      return new Held(channel, inProcess);
    } finally {
      if (!held) {
        inProcess.unlock();
      }
    }
  }

  private static FileChannel lockFile(Path file, Runnable whenBusy) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      if (channel.tryLock() == null) {
        whenBusy.run();
        channel.lock();
      }
      held = true;
      return channel;
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  /** A lock that is held until closed; closing the channel frees it. */
  record Held(FileChannel channel, ReentrantLock inProcess) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        inProcess.unlock();
      }
    }
  }
}

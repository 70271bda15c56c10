package dev.hikkoshi.clusters.render;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Renders that outlive the process, by the hash of everything that went into them: chart, values,
 * release, capabilities and the worker itself.
 *
 * <p>Only what is the same in every render and holds no secret is kept: not with encrypted values,
 * not with answers of a cluster, not with anything random or dated. The folder is for this user
 * alone, and a file that was damaged is no hit. Whatever goes wrong with the disk costs a render
 * and nothing else.
 */
public final class RenderStore {

  /**
   * A file ends with the CRC-32C of what stands before: the folder is the user's own, so that it is
   * damage that is looked for, and every Java computes that one by an instruction.
   */
  private static final int SUM = Integer.BYTES;

  /** A file begins with one of these. */
  private static final byte PLAIN = 'p';

  private static final byte PACKED = 'z';

  /** What fits into it is not packed: a file takes a whole block of the disk anyway. */
  private static final int BLOCK = 4096 - SUM - 1;

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> MINE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final long most;
  private final InstantSource clock;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong halves = new AtomicLong();
  private final long began;

  /**
   * A store in a folder, which may be shared by several processes of one user.
   *
   * @param most bytes; what was not used for longest goes first
   */
  public RenderStore(Path folder, long most, InstantSource clock) {
    this.folder = folder;
    this.most = most;
    this.clock = clock;
    this.began = clock.millis();
  }

  /** Where a request's render is kept. */
  static String key(ChartRequest request, String worker) {
    MessageDigest sha = sha256();
    sha.update((worker + "\n" + request.hash()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha.digest());
  }

  Optional<RenderedChart> find(String key) {
    return read(key, RenderedChart.class);
  }

  /** The text of a chart that is kept under this key. */
  Optional<String> findText(String key) {
    return findBytes(key).map(text -> new String(text, StandardCharsets.UTF_8));
  }

  /** What {@link #keepBytes} was given under this key. */
  public Optional<byte[]> findBytes(String key) {
    return read(key, InputStream::readAllBytes);
  }

  private <T> Optional<T> read(String key, Class<T> type) {
    return read(key, in -> Frames.JSON.readValue(in, type));
  }

  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private <T> Optional<T> read(String key, Reader<T> reader) {
    Path file = folder.resolve(key);
    try {
      byte[] content = Files.readAllBytes(file);
      int length = content.length - SUM;
      if (length <= 0) {
        return Optional.empty();
      }
      if (ByteBuffer.wrap(content).getInt(length) != sum(content, length)) {
        Files.delete(file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      InputStream whole = new ByteArrayInputStream(content, 1, length - 1);
      try (InputStream in = content[0] == PLAIN ? whole : new GZIPInputStream(whole)) {
        return Optional.of(reader.read(in));
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Whether a render may lie on a disk. */
  static boolean fit(ChartRequest request, RenderedChart chart) {
    return !request.values().secret()
        && lookups(chart).isEmpty()
        && chart.objects().stream().allMatch(object -> object.unstable().isEmpty())
        && chart.hooks().stream().allMatch(hook -> stable(hook.unstable()));
  }

  private static List<LiveLookup.Key> lookups(RenderedChart chart) {
    List<LiveLookup.Key> lookups = chart.lookups();
    return lookups == null ? List.of() : lookups;
  }

  private static boolean stable(@Nullable List<String> unstable) {
    return unstable == null || unstable.isEmpty();
  }

  void keep(String key, RenderedChart chart) {
    keepBytes(key, Frames.bytes(chart));
  }

  void keepText(String key, String text) {
    keepBytes(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Keeps something that is made of renders, under the same bounds and the same care.
   *
   * @param key of letters and digits; whoever keeps answers for what it holds
   */
  public void keepBytes(String key, byte[] content) {
    try {
      prepare();
      byte[] file = file(content);
      write(folder.resolve(key), file);
      // Counting the folder for each file would cost more than it saves.
      if (written.addAndGet(file.length) > most / 16) {
        written.set(0);
        makeRoom();
      }
    } catch (IOException e) {
      System.getLogger("dev.hikkoshi.render")
          .log(System.Logger.Level.WARNING, "a render is not kept: " + e.getMessage());
    }
  }

  private static byte[] file(byte[] content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream(BLOCK);
    if (content.length <= BLOCK) {
      file.write(PLAIN);
      file.writeBytes(content);
    } else {
      file.write(PACKED);
      try (OutputStream out = new Fast(file)) {
        out.write(content);
      }
    }
    byte[] whole = file.toByteArray();
    file.writeBytes(ByteBuffer.allocate(SUM).putInt(sum(whole, whole.length)).array());
    return file.toByteArray();
  }

  private static int sum(byte[] content, int length) {
    CRC32C sum = new CRC32C();
    sum.update(content, 0, length);
    return (int) sum.getValue();
  }

  /**
   * Not by way of anything that knows JSON: what is kept whole is printed before JSON is needed.
   */
  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void prepare() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** A thousand renders are kept in the time in which the last few are made. */
  private static final class Fast extends GZIPOutputStream {

    Fast(OutputStream out) throws IOException {
      super(out, 1 << 13);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** By a rename, so that another process never reads half of it. */
  private void write(Path place, byte[] content) throws IOException {
    // Asked for with the first file: a store that only reads is open for a few milliseconds.
    long process = ProcessHandle.current().pid();
    Path half = folder.resolve("half-" + process + "-" + began + "-" + halves.incrementAndGet());
    try {
      fill(half, content);
      Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
      Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(half);
      throw e;
    }
  }

  private static void fill(Path fresh, byte[] content) throws IOException {
    try (SeekableByteChannel out = Files.newByteChannel(fresh, NEW, MINE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    }
  }

  private void makeRoom() throws IOException {
    record Entry(Path file, long bytes, FileTime used) {
      static Stream<Entry> of(Path file) {
        try {
          return Stream.of(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (IOException _) {
          return Stream.empty();
        }
      }
    }
    List<Entry> oldestFirst;
    try (Stream<Path> files = Files.list(folder)) {
      oldestFirst = files.flatMap(Entry::of).sorted(Comparator.comparing(Entry::used)).toList();
    }
    long all = oldestFirst.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : oldestFirst) {
      if (all <= most) {
        return;
      }
      all -= entry.bytes();
      Files.deleteIfExists(entry.file());
    }
  }
}

package dev.hikkoshi.cli.kept;

import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.kept.SeenTree.Seen;
import dev.hikkoshi.clusters.render.RenderStore;
import dev.hikkoshi.environments.port.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * One command line as it was given in one folder, and the output that it had. It is had again only
 * if every file, absence and listing that it was made of is the same now: a file that was touched
 * is compared by content, so that a checkout that only touches files changes nothing.
 */
public final class KeptCommand {

  /** Longer output is made anew each time. */
  private static final int MOST = 64 << 20;

  private final RenderStore store;
  private final byte[] surroundings;

  private KeptCommand(RenderStore store, byte[] surroundings) {
    this.store = store;
    this.surroundings = surroundings;
  }

  /**
   * The place of a command.
   *
   * @param program the files that the program consists of
   * @return empty for one whose output is never kept: arguments that are read from files are not
   *     followed, and neither is a program that is not packed
   */
  public static Optional<KeptCommand> of(
      RenderStore store, Session session, List<String> arguments, List<Path> program) {
    if (arguments.stream().anyMatch(one -> one.startsWith("@"))) {
      return Optional.empty();
    }
    return Surroundings.text(session, arguments, program)
        .map(text -> new KeptCommand(store, text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The place of the surroundings. Others may have the same, so they are compared in full: a sum
   * that nobody else can have would take longer than all else, because Java has to look for it.
   */
  private String key() {
    CRC32C sum = new CRC32C();
    sum.update(surroundings);
    return "command" + Long.toHexString(sum.getValue());
  }

  /**
   * What a command was made of.
   *
   * @param root of the tree
   * @param beside files and folders that were looked at outside the tree
   * @param tools binaries that took part, by size and time as the program itself
   */
  public record Made(Path root, SeenTree tree, List<Path> beside, List<Path> tools) {

    public Made {
      beside = List.copyOf(beside);
      tools = List.copyOf(tools);
    }
  }

  /**
   * The output, if it would be the same now.
   *
   * @param trees opens the tree below a folder
   */
  public Optional<byte[]> find(Function<Path, FileTree> trees) {
    Optional<byte[]> content = store.findBytes(key());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.get()))) {
      if (!Arrays.equals(in.readNBytes(in.readInt()), surroundings)) {
        return Optional.empty();
      }
      Path root = Path.of(in.readUTF());
      if (!same(read(in), Surroundings::at) || !same(read(in), Surroundings::stamped)) {
        return Optional.empty();
      }
      Seen seen = new Seen(read(in), read(in), read(in));
      return seen.stillTrue(trees.apply(root), root)
          ? Optional.of(in.readAllBytes())
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Keeps an output, in place of what was kept for the same command. */
  public void keep(Made made, byte[] output) {
    if (output.length > MOST) {
      return;
    }
    SortedMap<String, String> beside = new TreeMap<>();
    made.beside().forEach(path -> beside.put(path.toString(), Surroundings.at(path)));
    SortedMap<String, String> tools = new TreeMap<>();
    made.tools().forEach(path -> tools.put(path.toString(), Surroundings.stamped(path)));
    Seen seen = made.tree().seen();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(content)) {
      out.writeInt(surroundings.length);
      out.write(surroundings);
      out.writeUTF(made.root().toString());
      write(out, beside);
      write(out, tools);
      write(out, seen.files());
      write(out, seen.touched());
      write(out, seen.listings());
      out.write(output);
    } catch (UTFDataFormatException _) {
      // A path of more than 64 KiB: nobody has one, and nothing depends on keeping.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store.keepBytes(key(), content.toByteArray());
  }

  private static boolean same(Map<String, String> then, Function<Path, String> now) {
    for (Map.Entry<String, String> one : then.entrySet()) {
      if (!now.apply(Path.of(one.getKey())).equals(one.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static void write(DataOutputStream out, Map<String, String> entries) throws IOException {
    out.writeInt(entries.size());
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static SortedMap<String, String> read(DataInputStream in) throws IOException {
    SortedMap<String, String> entries = new TreeMap<>();
    for (int rest = in.readInt(); rest > 0; rest--) {
      entries.put(in.readUTF(), in.readUTF());
    }
    return entries;
  }
}

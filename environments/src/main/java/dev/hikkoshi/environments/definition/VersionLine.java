package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one line that an upgrade changes. */
public final class VersionLine {

  private static final Pattern VERSION = Pattern.compile("1\\.[0-9]{1,3}");
  private static final Pattern BETWEEN = Pattern.compile("[ \\t]*:[ \\t]+");
  private static final String FILE = "the cluster file";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

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
    if (!VERSION.matcher(version).matches()) {
      return new Edit.Refused("\"" + version + "\" is no Kubernetes minor");
    }
    Problems problems = new Problems();
    Optional<Entry> entry = entry(clusterFile, problems);
    if (entry.isEmpty() || !(entry.get().value() instanceof Scalar value)) {
      return new Edit.Refused(
          problems.all().stream()
              .findFirst()
              .map(Problem::oneLine)
              .orElse("there is no metadata.version in " + FILE));
    }
    int mark = startsWithMark(clusterFile) ? BYTE_ORDER_MARK.length : 0;
    String text = new String(clusterFile, mark, clusterFile.length - mark, StandardCharsets.UTF_8);
    if (!simple(text, entry.get().key(), value)) {
      return new Edit.Refused("metadata.version is not written out behind its key in " + FILE);
    }
    String quote = value.plain() ? "" : cut(text, value.start(), value.start() + 1);
    byte[] edited =
        joined(
            Arrays.copyOf(clusterFile, mark),
            cut(text, 0, value.start()).getBytes(StandardCharsets.UTF_8),
            (quote + version + quote).getBytes(StandardCharsets.UTF_8),
            cut(text, value.end(), text.codePointCount(0, text.length()))
                .getBytes(StandardCharsets.UTF_8));
    boolean meant =
        entry(edited, new Problems())
            .filter(e -> e.value() instanceof Scalar s && s.text().equals(version))
            .isPresent();
    return meant
        ? new Edit.Edited(edited)
        : new Edit.Refused("metadata.version would not read as " + version + " in " + FILE);
  }

  /**
   * Whether the value stands right behind its key, in one piece: an alias stands elsewhere, and an
   * anchor's change would reach further than the version.
   */
  private static boolean simple(String text, Scalar key, Scalar value) {
    if (value.start() < key.end()) {
      return false;
    }
    String quote = value.plain() ? "" : cut(text, value.start(), value.start() + 1);
    return BETWEEN.matcher(cut(text, key.end(), value.start())).matches()
        && cut(text, value.start(), value.end()).equals(quote + value.text() + quote);
  }

  private static String cut(String text, int from, int to) {
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private static Optional<Entry> entry(byte[] content, Problems problems) {
    return Yaml.one(FILE, content, problems)
        .flatMap(root -> root instanceof Mapping map ? map.at("metadata") : Optional.empty())
        .flatMap(node -> node instanceof Mapping map ? map.entry("version") : Optional.empty());
  }

  private static boolean startsWithMark(byte[] content) {
    return content.length >= 3
        && content[0] == BYTE_ORDER_MARK[0]
        && content[1] == BYTE_ORDER_MARK[1]
        && content[2] == BYTE_ORDER_MARK[2];
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

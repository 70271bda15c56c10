package dev.hikkoshi.clusters.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.collection.Sorted;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A chart that travels with the request. */
public sealed interface ChartFiles {

  /** Equal for equal charts; SHA-256 in hex. */
  String digest();

  /** The chart's size. */
  long bytes();

  /** Adds the chart to a request. */
  void write(ObjectNode request);

  /**
   * The files of a chart's folder, {@code .helmignore} not yet applied. Whoever renders many
   * releases of one chart passes the same instance: it knows its digest.
   */
  final class Folder implements ChartFiles {

    private final SortedMap<String, byte[]> files;
    private volatile @Nullable String digest;

    /**
     * A chart.
     *
     * @param files path relative to the chart, with slashes → bytes
     */
    public Folder(Map<String, byte[]> files) {
      this.files = Sorted.copyOf(files);
    }

    @Override
    public String digest() {
      String known = digest;
      if (known == null) {
        MessageDigest sha = Trees.sha256();
        files.forEach(
            (path, bytes) -> {
              sha.update((path + "\n" + bytes.length + "\n").getBytes(UTF_8));
              sha.update(bytes);
            });
        known = HexFormat.of().formatHex(sha.digest());
        digest = known;
      }
      return known;
    }

    @Override
    public long bytes() {
      return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    @Override
    public void write(ObjectNode request) {
      ObjectNode target = request.putObject("files");
      files.forEach(target::put);
    }
  }

  /** A packed chart ({@code .tgz}). */
  record Archive(byte[] packed) implements ChartFiles {

    @Override
    public String digest() {
      return HexFormat.of().formatHex(Trees.sha256().digest(packed));
    }

    @Override
    public long bytes() {
      return packed.length;
    }

    @Override
    public void write(ObjectNode request) {
      request.put("archive", packed);
    }
  }
}

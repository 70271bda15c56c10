package dev.hikkoshi.clusters.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Makes packed charts, bad ones too, which is why no archiver is asked to do it. */
public final class Tarball {

  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  /** A chart without templates. */
  public static Tarball chart(String name, String version) {
    return new Tarball()
        .file(
            name + "/Chart.yaml",
            "apiVersion: v2\nname: %s\nversion: %s\n".formatted(name, version));
  }

  public Tarball file(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    header(path, content.length, '0', "");
    tar.writeBytes(content);
    pad(content.length);
    return this;
  }

  public Tarball link(String path, String target) {
    header(path, 0, '2', target);
    return this;
  }

  /** A file of zeros, which packs to almost nothing. */
  public Tarball zeros(String path, int length) {
    header(path, length, '0', "");
    tar.writeBytes(new byte[length]);
    pad(length);
    return this;
  }

  public byte[] packed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      tar.writeTo(zip);
      zip.write(new byte[2 * BLOCK]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void header(String path, int length, char type, String link) {
    byte[] header = new byte[BLOCK];
    put(header, 0, path);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(length));
    put(header, 136, "00000000000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    tar.writeBytes(header);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private void pad(int length) {
    tar.writeBytes(new byte[(BLOCK - length % BLOCK) % BLOCK]);
  }
}

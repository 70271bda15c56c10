package dev.hikkoshi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes UTF-8 and remembers why it could not. A {@link PrintWriter} forgets: half a file on a full
 * disk would look like a whole one to whoever asks the exit code.
 */
final class DataWriter extends PrintWriter {

  private final Noting noting;

  DataWriter(OutputStream to) {
    this(new Noting(to));
  }

  private DataWriter(Noting noting) {
    super(new OutputStreamWriter(noting, StandardCharsets.UTF_8));
    this.noting = noting;
  }

  /** Why something was not written; nothing where whoever reads had enough. */
  Optional<String> failure() {
    flush();
    return Optional.ofNullable(noting.failure).flatMap(DataWriter::told);
  }

  /** Why a write failed; nothing where the other end of a pipe is closed, as {@code head} does. */
  static Optional<String> told(IOException failure) {
    String why = String.valueOf(failure.getMessage());
    return why.contains("Broken pipe") || why.contains("EPIPE")
        ? Optional.empty()
        : Optional.of(why);
  }

  private static final class Noting extends OutputStream {

    private final OutputStream to;
    private @Nullable IOException failure;

    Noting(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        to.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }
  }
}

package dev.hikkoshi.sandbox.aws;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.state.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every call that reached the front door, in the order of their ends: as JSON lines in a file, the
 * last {@value #KEPT} also in memory. A call is in the log before its answer leaves.
 */
public final class CallLog implements AutoCloseable {

  private static final int KEPT = 20_000;

  /**
   * One call.
   *
   * @param seq counts from 1 in each run of the sandbox
   * @param at when the request had been read
   * @param requestId as answered
   * @param service signing name
   * @param operation the operation's name; the path where it is unknown
   * @param principal ARN of the signer; empty where the signature was refused
   * @param parameters what was asked, without secrets, cut at 16 KiB
   * @param status HTTP status that the client saw; 0 where the connection was cut
   * @param error AWS's error code
   * @param millis time taken
   * @param fault the fault rule that was applied
   * @param done whether the service performed the operation, whatever the client saw
   */
  public record Call(
      long seq,
      Instant at,
      String requestId,
      String service,
      String operation,
      String principal,
      String parameters,
      int status,
      @Nullable String error,
      long millis,
      @Nullable String fault,
      boolean done) {}

  private final JsonMapper json = Json.mapper();
  private final Deque<Call> last = new ArrayDeque<>();
  private final BufferedWriter file;
  private long seq;

  /** Opens the log; calls are added behind those of earlier runs. */
  public CallLog(Path path) {
    try {
      file =
          Files.newBufferedWriter(
              path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("could not open the call log " + path, e);
    }
  }

  /** Adds a call; its number is given here. */
  synchronized void add(Call call) {
    Call numbered =
        new Call(
            ++seq,
            call.at(),
            call.requestId(),
            call.service(),
            call.operation(),
            call.principal(),
            call.parameters(),
            call.status(),
            call.error(),
            call.millis(),
            call.fault(),
            call.done());
    last.addLast(numbered);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    try {
      file.write(json.writeValueAsString(numbered));
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the call log", e);
    }
  }

  /** Calls after a number, oldest first. */
  public synchronized List<Call> after(long after, Predicate<Call> which, int most) {
    return last.stream().filter(c -> c.seq() > after).filter(which).limit(most).toList();
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not close the call log", e);
    }
  }
}

package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.state.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Events as JSON lines in a file; the last {@value #KEPT} also in memory. */
final class EventLog implements Events, AutoCloseable {

  private static final int KEPT = 5_000;

  private final JsonMapper json = Json.mapper();
  private final Deque<ObjectNode> last = new ArrayDeque<>();
  private final InstantSource clock;
  private final BufferedWriter file;
  private long seq;
  private boolean closed;

  EventLog(Path path, InstantSource clock) {
    this.clock = clock;
    try {
      file =
          Files.newBufferedWriter(
              path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("could not open the event log " + path, e);
    }
  }

  @Override
  public synchronized void note(String kind, Map<String, ?> details) {
    if (closed) {
      return;
    }
    ObjectNode event = json.createObjectNode();
    event.put("seq", ++seq).put("at", clock.instant().toString()).put("kind", kind);
    details.forEach((key, value) -> event.set(key, json.valueToTree(value)));
    last.addLast(event);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    try {
      file.write(event.toString());
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the event log", e);
    }
  }

  /** Events after a number, of that kind or, with the empty kind, of all; oldest first. */
  synchronized List<ObjectNode> after(long after, String kind) {
    return last.stream()
        .filter(event -> event.path("seq").asLong() > after)
        .filter(event -> kind.isEmpty() || kind.equals(event.path("kind").asText()))
        .toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not close the event log", e);
    }
  }
}

package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One worker. It takes one request at a time, from one thread at a time; {@link #kill} may come
 * from any thread and ends a request in work.
 */
final class WorkerProcess {

  private static final int MAX_STDERR = 8 << 10;

  /** How much of charts a process is asked to remember; what comes after travels each time. */
  private static final long MOST_CHARTS = 32 << 20;

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** What Go prints when memory or stack run out; the first line of stderr. */
  private static final Pattern NO_MEMORY =
      Pattern.compile("out of memory|cannot allocate memory|goroutine stack exceeds");

  private final Process process;
  private final Frames frames;
  private final Thread stderrReader;
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final Set<String> remembered = new HashSet<>();
  private long rememberedBytes;
  private long lastId;
  private int served;
  private long bytes;

  private WorkerProcess(Process process) {
    this.process = process;
    this.frames = new Frames(process.getInputStream(), process.getOutputStream());
    this.stderrReader = Thread.ofVirtual().name("render-stderr").start(this::readStderr);
  }

  /** Starts a worker with an empty environment; templates could read it otherwise. */
  static WorkerProcess start(Path worker) {
    ProcessBuilder builder = new ProcessBuilder(List.of(worker.toString()));
    builder.environment().clear();
    builder.directory(new File("/"));
    try {
      return new WorkerProcess(builder.start());
    } catch (IOException e) {
      throw new RenderException(
          RenderException.Kind.UNAVAILABLE, "The render worker cannot be started: " + worker, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int served() {
    return served;
  }

  /** How much went in and out. */
  long bytes() {
    return bytes;
  }

  /** Ends the worker at once, whatever it does; SIGKILL, because Go code cannot be interrupted. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Sends a request and returns its answer's message, answering questions in between.
   *
   * @throws RenderException where the worker answers with an error, or dies
   */
  ObjectNode exchange(Message asked, Questions questions) {
    long id = ++lastId;
    served++;
    ObjectNode request = asked.body().put("id", id);
    try {
      ChartFiles chart = asked.chart();
      boolean fresh = chart != null && add(chart, request);
      frames.write(request);
      ObjectNode message = frames.read();
      while (Questions.isQuestion(message)) {
        frames.write(questions.answer(message, id));
        message = frames.read();
      }
      bytes = frames.bytes();
      if (chart != null && fresh && !message.has("error")) {
        remembered.add(chart.digest());
        rememberedBytes += chart.bytes();
      }
      return checked(message, id);
    } catch (IOException e) {
      throw died(e);
    }
  }

  /**
   * Names a chart that the process has, else adds its files.
   *
   * @return whether it has it from now on
   */
  private boolean add(ChartFiles chart, ObjectNode request) {
    boolean known = remembered.contains(chart.digest());
    boolean fits = rememberedBytes + chart.bytes() <= MOST_CHARTS;
    if (known || fits) {
      request.put("digest", chart.digest());
    }
    if (!known) {
      chart.write(request);
    }
    return !known && fits;
  }

  private ObjectNode checked(ObjectNode message, long id) throws IOException {
    JsonNode error = message.get("error");
    if (error != null) {
      throw failure(error);
    }
    if (message.path("id").asLong() != id) {
      throw new IOException("an answer for another request");
    }
    return message;
  }

  private static RenderException failure(JsonNode error) throws IOException {
    JsonNode found = error.path("problems");
    List<RenderException.Problem> problems =
        found.isArray()
            ? List.of(Frames.JSON.treeToValue(found, RenderException.Problem[].class))
            : List.of();
    JsonNode file = error.get("file");
    return new RenderException(
        RenderException.Kind.of(error.path("kind").asText()),
        error.path("message").asText(),
        file == null ? null : file.asText(),
        error.path("line").asInt(),
        error.path("column").asInt(),
        error.path("offending").asText(),
        problems);
  }

  /** Says what the worker died of. Only the first line of what it printed: the rest is a trace. */
  private RenderException died(IOException cause) {
    String exit = "it is still there";
    try {
      if (process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        exit = "exit code " + process.exitValue();
      }
      stderrReader.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    String said = firstLine();
    if (NO_MEMORY.matcher(said).find()) {
      return new RenderException(
          RenderException.Kind.MEMORY,
          "Rendering took more memory or recursed deeper than a worker may (%s). Look for repeat, range or include without end."
              .formatted(said),
          cause);
    }
    return new RenderException(
        RenderException.Kind.CRASHED,
        "The render worker died (%s%s).".formatted(exit, said.isEmpty() ? "" : ": " + said),
        cause);
  }

  private String firstLine() {
    synchronized (stderr) {
      return stderr.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
  }

  private void readStderr() {
    byte[] buffer = new byte[1024];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (stderr) {
          stderr.write(buffer, 0, Math.min(n, MAX_STDERR - stderr.size()));
        }
      }
    } catch (IOException _) {
      // The process is gone; what it said until then is kept.
    }
  }
}

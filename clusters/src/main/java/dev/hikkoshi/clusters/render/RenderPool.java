package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Renders in a few worker processes, one request in work in each.
 *
 * <p>A request that is over its deadline, or whose caller is interrupted, costs its process its
 * life (SIGKILL) and touches no other request; the next one gets a fresh process (some 20 ms). All
 * methods may be called by many threads; they block, so call them from virtual threads.
 */
public final class RenderPool implements AutoCloseable {

  private static final int PROTOCOL = 1;

  private final Path worker;
  private final RenderOptions options;
  private final BlockingQueue<Slot> free;
  private final List<Slot> slots;
  private final ExecutorService exchanges =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("render-", 0).factory());
  private final AtomicInteger killed = new AtomicInteger();
  private volatile boolean closed;

  /** A place for a worker; whoever holds it is the only one to use the worker. */
  private static final class Slot {
    volatile @Nullable WorkerProcess process;
  }

  /**
   * A pool that starts its processes when they are needed.
   *
   * @param worker the binary, from the toolbox
   */
  public RenderPool(Path worker, RenderOptions options) {
    this.worker = worker;
    this.options = options;
    this.free = new ArrayBlockingQueue<>(options.workers());
    for (int i = 0; i < options.workers(); i++) {
      free.add(new Slot());
    }
    this.slots = List.copyOf(free);
  }

  /**
   * What a worker says of itself; {@link RenderException.Kind#UNAVAILABLE} if it is none of ours.
   */
  public WorkerFacts hello() {
    ObjectNode answer = ask("hello", Frames.JSON.createObjectNode(), null, options.deadline());
    WorkerFacts facts = read(answer.get("result"), WorkerFacts.class);
    if (facts.protocol() != PROTOCOL) {
      throw new RenderException(
          RenderException.Kind.UNAVAILABLE,
          "%s speaks protocol %d, expected %d".formatted(worker, facts.protocol(), PROTOCOL));
    }
    return facts;
  }

  /** Executes a Go template and returns its text. */
  public String template(TemplateRequest request) {
    return template(request, options.deadline());
  }

  /** The same with a deadline of its own. */
  public String template(TemplateRequest request, Duration deadline) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.write(body);
    return ask("template", body, null, deadline).path("result").path("text").asText();
  }

  /** Merges values as Helm merges its {@code -f} files, weakest first; nulls stay. */
  public ObjectNode values(List<ValuesFile> files) {
    ObjectNode body = Frames.JSON.createObjectNode();
    ValuesFile.write(files, body.putArray("values"));
    return object(ask("values", body, null, options.deadline()).path("result").path("values"));
  }

  /**
   * Renders a chart without a cluster: {@code lookup} finds nothing, as in {@code helm template}.
   */
  public RenderedChart chart(ChartRequest request) {
    return chart(request, null);
  }

  /** Renders a chart; its lookups are answered by the given source, each once. */
  public RenderedChart chart(ChartRequest request, @Nullable LiveLookup lookup) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.write(body);
    body.put("allowLookups", lookup != null);
    ObjectNode answer = ask("chart", body, lookup, options.deadline());
    RenderedChart chart = read(answer.get("result"), RenderedChart.class);
    return answer.has("warnings")
        ? chart.withWarnings(List.of(read(answer.get("warnings"), String[].class)))
        : chart;
  }

  /** Makes the Secret that Helm would write for a release. */
  public ObjectNode encode(RecordRequest request) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.write(body);
    return secretOf(ask("record-encode", body, null, options.deadline()));
  }

  /** Changes the state of a record, and its objects where any are given; all else stays. */
  public ObjectNode update(ObjectNode secret, RecordState state, List<RenderedObject> objects) {
    ObjectNode body = Frames.JSON.createObjectNode();
    body.set("secret", secret);
    state.write(body);
    RecordRequest.write(objects, body.putArray("objects"));
    return secretOf(ask("record-update", body, null, options.deadline()));
  }

  /** Reads a record, whether we or Helm wrote it. */
  public ReleaseRecord decode(ObjectNode secret) {
    ObjectNode body = Frames.JSON.createObjectNode();
    body.set("secret", secret);
    return read(
        ask("record-decode", body, null, options.deadline()).get("result"), ReleaseRecord.class);
  }

  /** How many processes were killed for being late. */
  public int killed() {
    return killed.get();
  }

  /** Kills all processes; requests in work fail with {@link RenderException.Kind#STOPPED}. */
  @Override
  public void close() {
    closed = true;
    exchanges.shutdownNow();
    for (Slot slot : slots) {
      discard(slot);
    }
  }

  private ObjectNode ask(
      String operation, ObjectNode body, @Nullable LiveLookup lookup, Duration deadline) {
    long until = System.nanoTime() + deadline.toNanos();
    body.put("op", operation);
    Slot slot = take(deadline);
    try {
      return askIn(slot, body, lookup, deadline, until);
    } finally {
      free.add(slot);
    }
  }

  private Slot take(Duration deadline) {
    try {
      Slot slot = free.poll(deadline.toNanos(), TimeUnit.NANOSECONDS);
      if (slot == null) {
        throw new RenderException(
            RenderException.Kind.BUSY,
            "No render worker became free within %d ms; %d are at work."
                .formatted(deadline.toMillis(), options.workers()));
      }
      return slot;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
  }

  private ObjectNode askIn(
      Slot slot, ObjectNode body, @Nullable LiveLookup lookup, Duration deadline, long until) {
    WorkerProcess process = processOf(slot);
    boolean usable = false;
    try {
      Future<ObjectNode> exchange = exchanges.submit(() -> process.exchange(body, lookup));
      try {
        ObjectNode answer = exchange.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        usable = true;
        return answer;
      } finally {
        exchange.cancel(true);
      }
    } catch (TimeoutException e) {
      killed.incrementAndGet();
      throw new RenderException(
          RenderException.Kind.DEADLINE,
          "Rendering took longer than %d ms and was stopped.".formatted(deadline.toMillis()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      throw stopped(e);
    } catch (ExecutionException e) {
      usable = process.isAlive();
      throw unwrapped(e);
    } finally {
      if (!usable || process.served() >= options.requestsPerWorker()) {
        discard(slot);
      }
    }
  }

  private RuntimeException unwrapped(ExecutionException e) {
    if (closed) {
      return stopped(e);
    }
    // The caller's place in the code is worth more than that of the thread that spoke to the pipe.
    return e.getCause() instanceof RenderException failure
        ? failure
        : new IllegalStateException("the exchange with a render worker failed", e.getCause());
  }

  private WorkerProcess processOf(Slot slot) {
    WorkerProcess process = slot.process;
    if (process != null && process.isAlive()) {
      return process;
    }
    WorkerProcess fresh = WorkerProcess.start(worker);
    slot.process = fresh;
    if (closed) {
      discard(slot);
      throw stopped(null);
    }
    return fresh;
  }

  private static void discard(Slot slot) {
    WorkerProcess process = slot.process;
    slot.process = null;
    if (process != null) {
      process.kill();
    }
  }

  private RenderException stopped(@Nullable Exception cause) {
    String why = closed ? "The render pool was closed." : "Rendering was interrupted.";
    return cause == null
        ? new RenderException(RenderException.Kind.STOPPED, why)
        : new RenderException(RenderException.Kind.STOPPED, why, cause);
  }

  private static ObjectNode secretOf(ObjectNode answer) {
    return object(answer.path("result").path("secret"));
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new RenderException(
        RenderException.Kind.INTERNAL, "The render worker answered without an object.");
  }

  private static <T> T read(@Nullable JsonNode node, Class<T> type) {
    try {
      T value = Frames.JSON.treeToValue(node, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new RenderException(
          RenderException.Kind.INTERNAL,
          "The render worker's answer is no " + type.getSimpleName() + ".",
          e);
    }
    throw new RenderException(
        RenderException.Kind.INTERNAL, "The render worker answered without a result.");
  }
}

package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a pool: who may use which, when one is killed, when one is replaced. What is
 * said to them is {@link RenderPool}'s.
 */
final class Workers implements AutoCloseable {

  /** After so much went through it a process is replaced: Go's heap keeps its largest size. */
  private static final long MOST_BYTES = 1L << 30;

  private final Path worker;
  private final RenderOptions options;

  /**
   * The one that was used last is the next to be used: it has its process and charts, and one
   * request after the other needs one process only.
   */
  private final Deque<Slot> free = new ConcurrentLinkedDeque<>();

  /**
   * One for each free place, given in the order in which it was asked for: whoever asks again as
   * soon as it is answered would otherwise be first for as long as it likes, and one of a thousand
   * releases would wait until its deadline.
   */
  private final Semaphore places;

  private final List<Slot> slots;
  private final ExecutorService exchanges =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("render-", 0).factory());
  private final AtomicInteger killed = new AtomicInteger();
  private volatile boolean closed;

  /** A place for a worker; whoever holds it is the only one to use the worker. */
  private static final class Slot {
    volatile @Nullable WorkerProcess process;
  }

  Workers(Path worker, RenderOptions options) {
    this.worker = worker;
    this.options = options;
    this.places = new Semaphore(options.workers(), true);
    for (int i = 0; i < options.workers(); i++) {
      free.add(new Slot());
    }
    this.slots = List.copyOf(free);
  }

  /**
   * One exchange with a free worker.
   *
   * @param work how long it may take once a worker is free; the pool's own deadline bounds the wait
   *     before that
   */
  ObjectNode ask(Message message, Questions questions, Duration work) {
    Slot slot = take();
    try {
      return askIn(slot, message, questions, work);
    } finally {
      giveBack(slot);
    }
  }

  /** Starts a process for the next request, which tells what is wrong where there is none. */
  void start() {
    if (!places.tryAcquire()) {
      return;
    }
    Slot slot = free.remove();
    try {
      processOf(slot);
    } catch (RenderException _) {
      // The next request tries again.
    } finally {
      giveBack(slot);
    }
  }

  /** A place without a process comes last: another one may have its process idle. */
  private void giveBack(Slot slot) {
    if (slot.process == null) {
      free.addLast(slot);
    } else {
      free.addFirst(slot);
    }
    places.release();
  }

  /** How many processes were killed for being late. */
  int killed() {
    return killed.get();
  }

  /** How many processes there are at the moment. */
  long processes() {
    return slots.stream().map(slot -> slot.process).filter(Objects::nonNull).count();
  }

  @Override
  public void close() {
    closed = true;
    exchanges.shutdownNow();
    for (Slot slot : slots) {
      discard(slot);
    }
  }

  private Slot take() {
    Duration wait = options.deadline();
    try {
      if (!places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RenderException(
            RenderException.Kind.BUSY,
            "No render worker became free within %d ms; %d are at work."
                .formatted(wait.toMillis(), options.workers()));
      }
      return free.remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
  }

  private ObjectNode askIn(Slot slot, Message message, Questions questions, Duration work) {
    WorkerProcess process = processOf(slot);
    boolean usable = false;
    try {
      Future<ObjectNode> exchange = exchanges.submit(() -> process.exchange(message, questions));
      try {
        ObjectNode answer = exchange.get(work.toNanos(), TimeUnit.NANOSECONDS);
        usable = true;
        return answer;
      } finally {
        exchange.cancel(true);
      }
    } catch (TimeoutException e) {
      killed.incrementAndGet();
      throw new RenderException(
          RenderException.Kind.DEADLINE,
          "Rendering took longer than %d ms and was stopped.".formatted(work.toMillis()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    } catch (RejectedExecutionException e) {
      throw stopped(e);
    } catch (ExecutionException e) {
      usable = process.isAlive();
      throw unwrapped(e);
    } finally {
      if (!usable || spent(process)) {
        discard(slot);
      }
    }
  }

  private boolean spent(WorkerProcess process) {
    return process.served() >= options.requestsPerWorker() || process.bytes() >= MOST_BYTES;
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
}

package dev.hikkoshi.controller.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A virtual thread that takes an environment's turns, at their times or when it is poked. */
final class LoopThread {

  private final EnvironmentLoop loop;
  private final InstantSource clock;
  private final Semaphore pokes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private volatile Optional<Turn> last = Optional.empty();

  LoopThread(String environment, EnvironmentLoop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("environment " + environment).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The next turn begins at once, or right after the one that runs. */
  void poke() {
    pokes.release();
  }

  Optional<Turn> last() {
    return last;
  }

  /** No turn begins any more; the running one may end. */
  void stop() {
    stopping = true;
    poke();
  }

  /** Waits for the end; what does not end in time is interrupted, and its effect is unclear. */
  void join(Instant deadline) throws InterruptedException {
    if (!thread.join(orNothing(Duration.between(clock.instant(), deadline)))) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        pokes.drainPermits();
        if (stopping) {
          return;
        }
        Turn turn = loop.turn();
        last = Optional.of(turn);
        Duration wait = orNothing(Duration.between(clock.instant(), turn.next()));
        boolean poked = pokes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (poked && stopping) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration orNothing(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}

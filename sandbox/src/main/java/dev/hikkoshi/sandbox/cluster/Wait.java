package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits, in real time, for a process to answer. */
final class Wait {

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int LINES = 12;

  private Wait() {}

  /** Asks whether something answers as it should; failing means not yet. */
  @FunctionalInterface
  interface Probe {
    boolean ready() throws Exception;
  }

  /**
   * Waits.
   *
   * @throws IllegalStateException where the process ends or the deadline passes; it carries the end
   *     of the log
   */
  static void until(String what, Duration deadline, Path log, Child child, Probe probe) {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      try {
        if (probe.ready()) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        // Not yet.
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting for " + what);
      }
      if (child.exit().isDone()) {
        throw new IllegalStateException(
            "%s ended with code %d; the end of %s:\n%s"
                .formatted(what, child.exit().join(), log, tail(log)));
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s did not answer within %d s; the end of %s:\n%s"
                .formatted(what, deadline.toSeconds(), log, tail(log)));
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}

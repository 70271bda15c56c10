package dev.hikkoshi.sandbox.process;

import java.util.concurrent.CompletableFuture;

/** A running process. */
public interface Child {

  /** The name it was started under. */
  String name();

  /** Its pid. */
  long pid();

  /** Done with the exit code when it has ended; negative or above 128 for a signal. */
  CompletableFuture<Integer> exit();

  /** Asks it to end (SIGTERM), kills it if it is still there after the grace, and waits. */
  void stop(java.time.Duration grace);
}

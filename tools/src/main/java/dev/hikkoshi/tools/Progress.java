package dev.hikkoshi.tools;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is going on while binaries are looked for, told about once a second while something is
 * built.
 */
public sealed interface Progress {

  /** What is being looked for. */
  Artifact artifact();

  /** Its place among those asked for, from 1. */
  int number();

  /** How many were asked for. */
  int of();

  /** It is there. */
  record Found(Artifact artifact, int number, int of, Path path) implements Progress {}

  /** Another process builds from the same Go module; this one waits for it. */
  record Waiting(Artifact artifact, int number, int of) implements Progress {}

  /**
   * It is being built.
   *
   * @param elapsed since this build began
   * @param packages compiled so far; 0 where Go had them all in its cache
   * @param last the last line the Go command printed, such as the package just compiled
   */
  record Building(
      Artifact artifact, int number, int of, Duration elapsed, int packages, String last)
      implements Progress {}

  /** It was built. */
  record Built(Artifact artifact, int number, int of, Duration elapsed, Path path)
      implements Progress {}
}

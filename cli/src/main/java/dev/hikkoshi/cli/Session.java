package dev.hikkoshi.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything of the surroundings that a command may use.
 *
 * @param out data only
 * @param err talk: progress, warnings, questions, errors
 * @param terminal whether a person sees the output and can answer
 * @param answer reads one line; empty text at the end of input
 * @param folder where the command was started
 * @param pause waits; false when it was interrupted
 */
public record Session(
    InstantSource clock,
    Map<String, String> environment,
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    Supplier<String> answer,
    Path folder,
    Pause pause) {

  /** Lets time go by. */
  @FunctionalInterface
  public interface Pause {

    /** False when the wait was interrupted. */
    boolean lasting(Duration time);
  }

  /** That of this process. UTF-8 whatever the locale, because the words have shapes in them. */
  public static Session ofProcess() {
    Console console = System.console();
    return new Session(
        InstantSource.system(),
        System.getenv(),
        new DataWriter(new FileOutputStream(FileDescriptor.out)),
        new DataWriter(new FileOutputStream(FileDescriptor.err)),
        console != null && console.isTerminal(),
        Session::line,
        Path.of("").toAbsolutePath(),
        Session::sleep);
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Colour only where a person looks and did not say no (no-color.org). */
  public boolean colour() {
    return terminal && variable("NO_COLOR").isEmpty();
  }

  /** Tells the person something that is no data. */
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  private static String line() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean sleep(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

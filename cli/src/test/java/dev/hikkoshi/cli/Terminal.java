package dev.hikkoshi.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A terminal or a pipe that remembers what was printed. */
public final class Terminal {

  /** What a command did. */
  public record Result(int exit, String out, String err) {}

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private final Map<String, String> environment = new HashMap<>();
  private InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T01:02:03Z"));
  private Path folder = Path.of("").toAbsolutePath();
  private boolean person;
  private String answer = "";
  private int looks = 1;

  /** Somebody looks, and answers any question so. */
  public Terminal person(String says) {
    person = true;
    answer = says;
    return this;
  }

  public Terminal variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Terminal in(Path started) {
    folder = started;
    return this;
  }

  public Terminal at(InstantSource time) {
    clock = time;
    return this;
  }

  /** A watch ends after so many looks. */
  public Terminal looks(int number) {
    looks = number;
    return this;
  }

  public Result run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int[] left = {looks};
    Session session =
        new Session(
            clock,
            Map.copyOf(environment),
            new PrintWriter(out),
            new PrintWriter(err),
            person,
            () -> answer,
            folder,
            time -> {
              LockSupport.parkNanos(Math.min(time.toNanos(), LONGEST_PAUSE.toNanos()));
              return --left[0] > 0;
            });
    int exit = HikkoshiCommand.commandLine(session).execute(words);
    session.out().flush();
    session.err().flush();
    return new Result(exit, out.toString(), err.toString());
  }
}

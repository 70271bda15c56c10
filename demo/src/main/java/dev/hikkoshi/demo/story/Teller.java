package dev.hikkoshi.demo.story;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says what happens: a line for each event, and on a terminal a few lines below that always show
 * how things stand. Without a terminal, or with {@code TERM=dumb}, only lines; colour unless {@code
 * NO_COLOR} is set. Safe for several threads.
 */
public final class Teller implements AutoCloseable {

  private static final Duration REFRESH = Duration.ofMillis(250);
  private static final int WIDTH = 100;
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String DIM = "\u001b[2m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final InstantSource clock;
  private final boolean live;
  private final boolean colour;
  private final Instant began;
  private Supplier<List<String>> below = List::of;
  private int drawn;
  private boolean closed;

  /** How a line looks. */
  public enum Tone {
    NORMAL(""),
    TITLE(BOLD),
    QUIET(DIM),
    GOOD(GREEN),
    BAD(RED);

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  Teller(PrintStream out, InstantSource clock, boolean live, boolean colour) {
    this.out = out;
    this.clock = clock;
    this.live = live;
    this.colour = colour;
    this.began = clock.instant();
    if (live) {
      Thread.ofVirtual().name("teller").start(this::refresh);
    }
  }

  /** A teller for this process's standard output. */
  @SuppressWarnings("SystemConsoleNull") // it depends on the console provider whether it can be
  public static Teller standard(InstantSource clock) {
    Map<String, String> environment = System.getenv();
    boolean terminal =
        System.console() != null
            && System.console().isTerminal()
            && !"dumb".equals(environment.get("TERM"));
    boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Teller(System.out, clock, terminal, colour);
  }

  /** Shows these lines below from now on. */
  public synchronized void showBelow(Supplier<List<String>> lines) {
    below = lines;
  }

  /** An event. */
  public void say(String word, String text) {
    say(Tone.NORMAL, word, text);
  }

  /** An event in a tone. */
  public void say(Tone tone, String word, String text) {
    Duration at = Duration.between(began, clock.instant());
    String time = "%02d:%02d".formatted(at.toMinutes(), at.toSecondsPart());
    line(tone, "%s  %-10s %s".formatted(time, word, text));
  }

  /** A line as it is. */
  public synchronized void line(Tone tone, String text) {
    erase();
    out.println(coloured(tone, text));
    draw();
    out.flush();
  }

  private String coloured(Tone tone, String text) {
    return colour && !tone.code.isEmpty() ? tone.code + text + PLAIN : text;
  }

  private void refresh() {
    while (!isClosed()) {
      synchronized (this) {
        erase();
        draw();
        out.flush();
      }
      try {
        Thread.sleep(REFRESH);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r" + CLEAR_BELOW);
      drawn = 0;
    }
  }

  private void draw() {
    if (!live || closed) {
      return;
    }
    for (String line : below.get()) {
      // A line that wraps could not be erased.
      out.println(coloured(Tone.QUIET, line.length() > WIDTH ? line.substring(0, WIDTH) : line));
      drawn++;
    }
  }

  @Override
  public synchronized void close() {
    erase();
    closed = true;
    out.flush();
  }
}

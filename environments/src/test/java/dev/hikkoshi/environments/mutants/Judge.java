package dev.hikkoshi.environments.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hikkoshi.environments.mutants.Verdict.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that judges mutants, from outside. One that says nothing for too long, or is gone, was
 * ended by its mutant: a simulator or a test that never ends has noticed it too.
 */
final class Judge implements AutoCloseable {

  /** No seed and no test takes longer on any machine. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Each swap leaves something behind in the virtual machine. */
  private static final int MOST = 400;

  private static final String GONE = "\u0000gone";

  private final Path agent;
  private final String what;
  private final long seeds;
  private Life life;
  private int judged;

  /** One process; {@code at} is what it was at when it last spoke. */
  private static final class Life {
    private final Process process;
    private final PrintStream to;
    private final BlockingQueue<String> said;
    private Kind at = Kind.SIMULATOR;

    private Life(Process process, BlockingQueue<String> said) {
      this.process = process;
      this.to = new PrintStream(process.getOutputStream(), true, UTF_8);
      this.said = said;
    }

    static Life begin(Path agent, String what, long seeds) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-XX:+UseParallelGC",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-javaagent:" + agent,
                  "-Dhikkoshi.root=" + Path.of("..").toAbsolutePath().normalize(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  JudgeMain.class.getName(),
                  what,
                  Long.toString(seeds))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BlockingQueue<String> said = new LinkedBlockingQueue<>();
      Thread.ofVirtual().start(() -> read(process, said));
      return new Life(process, said);
    }

    private static void read(Process process, BlockingQueue<String> said) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        lines.lines().forEach(said::add);
      } catch (IOException | UncheckedIOException e) {
        // Ended in the middle of a line: it is gone, which is what is said next.
      } finally {
        said.add(GONE);
      }
    }

    /** The next line that is more than a sign of life. */
    String next() throws InterruptedException {
      while (true) {
        String line = said.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
          return "";
        }
        if (!line.startsWith(JudgeMain.GOES_ON + "\t")) {
          return line;
        }
        at = Kind.valueOf(line.substring(JudgeMain.GOES_ON.length() + 1));
      }
    }

    void end() {
      process.destroyForcibly();
    }
  }

  /**
   * Begins a process.
   *
   * @param tested the unit tests are asked too
   */
  Judge(Path agent, long seeds, boolean tested) throws IOException {
    this.agent = agent;
    this.what = tested ? JudgeMain.JUDGE : JudgeMain.SIMULATE;
    this.seeds = seeds;
    this.life = Life.begin(agent, what, seeds);
  }

  /** The methods that so many seeds enter. */
  static Set<String> reach(Path agent, long seeds) throws IOException, InterruptedException {
    Life life = Life.begin(agent, JudgeMain.REACH, seeds);
    Set<String> places = new HashSet<>();
    try {
      for (String line = life.next(); !line.equals(JudgeMain.END); line = life.next()) {
        String[] words = line.split("\t", 2);
        if (!words[0].equals(JudgeMain.ENTERED)) {
          throw new IllegalStateException("what seeds reach was not found out: it said " + line);
        }
        places.add(words[1]);
      }
    } finally {
      life.end();
    }
    return places;
  }

  /** What becomes of the core as it is: nothing may notice anything. */
  Verdict sound() throws IOException, InterruptedException {
    return asked(true, JudgeMain.NONE);
  }

  /**
   * What becomes of a mutant.
   *
   * @param simulates the simulator is asked first; otherwise the tests alone
   */
  Verdict of(Mutation mutation, boolean simulates) throws IOException, InterruptedException {
    return asked(simulates, mutation.written());
  }

  private Verdict asked(boolean simulates, String what) throws IOException, InterruptedException {
    if (++judged > MOST) {
      begin();
    }
    life.to.println(simulates + "\t" + what);
    String line = life.next();
    List<String> words = List.of(line.split("\t", 3));
    if (words.getFirst().equals(JudgeMain.VERDICT)) {
      return new Verdict(Kind.valueOf(words.get(1)), words.get(2));
    }
    String how = line.equals(GONE) ? "its process ended" : "it never ends";
    Verdict verdict = new Verdict(life.at, how);
    begin();
    return verdict;
  }

  private void begin() throws IOException {
    life.end();
    life = Life.begin(agent, what, seeds);
    judged = 1;
  }

  @Override
  public void close() {
    life.end();
  }
}

package dev.hikkoshi.environments.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hikkoshi.environments.mutants.Verdict.Kind;
import dev.hikkoshi.environments.simulator.Hunt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Optional;
import org.pitest.mutationtest.engine.Mutater;

/**
 * The process in which mutants live. It takes one in a line of its input, looks for who notices it,
 * and says so in a line of its output; in between it says that it goes on. What never ends is ended
 * with it, by {@link Judge}.
 *
 * <pre>
 *   JudgeMain reach|judge|simulate SEEDS      simulate: no test is asked
 * </pre>
 */
public final class JudgeMain {

  /** What its lines begin with. */
  static final String GOES_ON = "at";

  static final String ENTERED = "entered";
  static final String VERDICT = "verdict";
  static final String END = "end";
  static final String REACH = "reach";
  static final String JUDGE = "judge";
  static final String SIMULATE = "simulate";
  static final String NONE = "none";
  private static final int WIDTH = 200;

  private final PrintStream out;
  private final long seeds;
  private final boolean tested;
  private final UnitTests tests;
  private final Mutater mutater = Catalogue.mutater();

  private JudgeMain(PrintStream out, long seeds, boolean tested) {
    this.out = out;
    this.seeds = seeds;
    this.tested = tested;
    this.tests = new UnitTests(() -> goesOn(Kind.TESTS));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    // What tests print is no answer.
    System.setOut(System.err);
    JudgeMain judge = new JudgeMain(out, Long.parseLong(args[1]), args[0].equals(JUDGE));
    if (args[0].equals(REACH)) {
      Agent.instrumentation().addTransformer(new Reach());
      judge.reach();
      return;
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      judge.answer(judge.verdict(line));
    }
  }

  private void reach() throws InterruptedException {
    Hunt.first(seeds, threads(), () -> goesOn(Kind.SIMULATOR));
    Reach.places().forEach(place -> out.println(ENTERED + "\t" + place));
    out.println(END);
  }

  private Verdict verdict(String line) throws InterruptedException {
    String[] words = line.split("\t", 2);
    boolean simulates = Boolean.parseBoolean(words[0]);
    if (words[1].equals(NONE)) {
      return judged(simulates);
    }
    Mutation mutation = Mutation.read(words[1]);
    byte[] sound = Catalogue.bytes(mutation.type());
    Agent.swap(mutation.type(), mutater.getMutation(mutation.identifier()).getBytes());
    try {
      return judged(simulates);
    } finally {
      Agent.swap(mutation.type(), sound);
    }
  }

  private Verdict judged(boolean simulates) throws InterruptedException {
    Optional<String> rule = simulates ? simulated() : Optional.empty();
    if (rule.isPresent()) {
      return new Verdict(Kind.SIMULATOR, rule.get());
    }
    if (!tested) {
      return Verdict.nobody();
    }
    goesOn(Kind.TESTS);
    long before = tests.finished();
    Optional<String> test = tests.failing();
    if (tests.finished() == before) {
      throw new IllegalStateException("there is no test");
    }
    return test.map(name -> new Verdict(Kind.TESTS, name)).orElseGet(Verdict::nobody);
  }

  private Optional<String> simulated() throws InterruptedException {
    goesOn(Kind.SIMULATOR);
    return Hunt.first(seeds, threads(), () -> goesOn(Kind.SIMULATOR));
  }

  /** Says what is at work: if nothing is said after it, that has found something. */
  private void goesOn(Kind at) {
    out.println(GOES_ON + "\t" + at);
  }

  private void answer(Verdict verdict) {
    String how = Mutation.oneLine(verdict.how());
    String shortened = how.substring(0, Math.min(WIDTH, how.length()));
    out.println(VERDICT + "\t" + verdict.kind() + "\t" + shortened);
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}

package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.story.HeldException;
import dev.hikkoshi.demo.story.Teller;
import dev.hikkoshi.demo.story.Teller.Tone;
import dev.hikkoshi.demo.story.Traffic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command line of the proofs; {@code evidence/sync} and its neighbours start it. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description =
        "Shows one claim on a ground of its own. The last line is KEY: FIGURE. Exit 0 only if it"
            + " holds.")
public final class EvidenceMain implements Callable<Integer> {

  /** The claims that are shown here. */
  enum Key {
    SYNC("sync", new SyncProof()),
    SCHEDULE("schedule", new ScheduleProof()),
    BAD_COMMITS("bad-commits", new BadCommitsProof()),
    OBSERVE("observe-writes-nothing", new ObserveProof()),
    HOME_BY_HAND("home-by-hand", new HomeByHandProof()),
    EXTERNAL("external", new ExternalProof()),
    AWS_PHYSICS("aws-physics", new AwsPhysicsProof()),
    CHAOS("chaos", new ChaosProof()),
    ADOPT("adopt-under-load", new AdoptProof()),
    RETURN("return", new ReturnProof()),
    RULE_ZERO("rule-zero", new RuleZeroProof());

    private final String word;
    private final Proof proof;

    Key(String word, Proof proof) {
      this.word = word;
      this.proof = proof;
    }
  }

  /** Reads a key. */
  static final class KeyWord implements ITypeConverter<Key> {

    @Override
    public Key convert(String word) {
      for (Key key : Key.values()) {
        if (key.word.equals(word)) {
          return key;
        }
      }
      throw new TypeConversionException("'" + word + "' is no key of a proof");
    }
  }

  @Parameters(paramLabel = "KEY", converter = KeyWord.class, description = "What to show.")
  private Key key = Key.SYNC;

  @Option(names = "--state", paramLabel = "DIR", description = "Where everything goes; stays.")
  private @Nullable Path state;

  @Option(
      names = "--aws",
      paramLabel = "PROGRAM",
      description = "The AWS command line, for proofs that run what is printed.")
  private @Nullable Path aws;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How many random instants (default: ${DEFAULT-VALUE}).")
  private int times = 50;

  @Option(names = "--seed", paramLabel = "N", description = "Of what is random.")
  private long seed = 7;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second to each route (default: ${DEFAULT-VALUE}).")
  private int perSecond = Traffic.USUAL_PER_SECOND;

  @Option(names = "--plant", description = "Make the claim false on purpose, to see that it fails.")
  private boolean plant;

  /** Runs it and ends the process with its code. */
  public static void main(String[] args) {
    Runtime.getRuntime().exit(new CommandLine(new EvidenceMain()).execute(args));
  }

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    try (Teller teller = Teller.standard(clock)) {
      String figure = show(key, asked(), teller, clock);
      teller.line(Tone.GOOD, key.word + ": " + figure);
      return 0;
    } catch (DemoException | HeldException e) {
      System.out.println("must not be: " + e.getMessage());
      System.out.println(key.word + ": FAILED");
      return 1;
    }
  }

  private Ground.Asked asked() {
    return new Ground.Asked(
        Optional.ofNullable(state), Optional.ofNullable(aws), times, seed, perSecond, plant);
  }

  /**
   * Shows a claim on a ground of its own.
   *
   * @return the figure
   * @throws DemoException when it does not hold; says what
   * @throws HeldException when the controller holds
   */
  static String show(Key key, Ground.Asked asked, Teller teller, InstantSource clock) {
    // Results that a later run goes on from must not be in a folder that begins empty.
    boolean resumable = key == Key.HOME_BY_HAND || key == Key.CHAOS;
    Folders folders = Folders.of(resumable ? Optional.empty() : asked.state());
    boolean keep = asked.state().isPresent() && !resumable;
    try (Ground ground = Ground.open(folders, keep, asked, key.proof, teller, clock)) {
      return ground.keptWhenItFails(key.proof);
    }
  }
}

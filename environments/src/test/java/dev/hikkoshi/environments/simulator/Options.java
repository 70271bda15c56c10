package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one seed drew. Every seed gets another subset of faults at other rates: with all of them on,
 * each hides the others.
 *
 * @param refused chance that a write is refused, per write; the others likewise
 * @param lost done, but the answer is lost
 * @param later no answer, and done some seconds after
 * @param blind chance that a read is unknown
 * @param crash chance that the process dies at an effect or at a save
 * @param paused chance that the leader stops at a save or a write while another one leads
 * @param lowered chance that the mode is lowered, per save and per pass
 * @param poll the longest time between two looks at a world in which nothing seems to go on
 * @param foreignEvery mean time between writes of somebody else; zero for never
 * @param sickEvery mean time between illnesses of a cluster; zero for never
 * @param adopts the first cluster was there before
 * @param weighted its record has a weight and somebody else's identifier
 */
public record Options(
    long seed,
    boolean dns,
    boolean alb,
    Order order,
    List<Step> steps,
    double refused,
    double throttled,
    double lost,
    double later,
    double blind,
    double crash,
    double paused,
    double lowered,
    Duration poll,
    Duration foreignEvery,
    Duration sickEvery,
    Duration appEvery,
    Duration wishEvery,
    int wishes,
    boolean approves,
    boolean adopts,
    boolean weighted) {

  /** Drawn apart, so that seeds from before draw what they drew. */
  private static final long ADOPTS = 0xAD0;

  private static final long PAUSES = 0x9A05E;

  static Options draw(long seed) {
    SplittableRandom r = new SplittableRandom(seed);
    int kinds = r.nextInt(6);
    return new Options(
        seed,
        kinds != 0,
        kinds != 1,
        r.nextInt(4) == 0 ? Order.IN_ORDER : Order.TOGETHER,
        steps(r),
        rate(r, 0.15),
        rate(r, 0.15),
        rate(r, 0.2),
        rate(r, 0.1),
        rate(r, 0.15),
        rate(r, 0.12),
        rate(new SplittableRandom(seed + PAUSES), 0.03),
        rate(new SplittableRandom(~seed), 0.02),
        Duration.ofSeconds(5 + new SplittableRandom(~seed).nextInt(55)),
        every(r, 12),
        every(r, 20),
        every(r, 6),
        Duration.ofSeconds(60 + r.nextInt(2400)),
        2 + r.nextInt(6),
        r.nextInt(4) != 0,
        new SplittableRandom(seed + ADOPTS).nextInt(3) == 0,
        new SplittableRandom(seed - ADOPTS).nextBoolean());
  }

  /** Mean time between orders of a person that no commit goes with; zero for never. */
  Duration ordersEvery() {
    return wishes == 0 ? Duration.ZERO : every(new SplittableRandom(seed ^ 0x5DEECE66DL), 30);
  }

  /** Mean time between two words on the freeze, in every fourth world; zero for never. */
  Duration freezesEvery() {
    SplittableRandom r = new SplittableRandom(seed ^ 0xF2EE2E);
    return wishes == 0 || r.nextInt(4) != 0
        ? Duration.ZERO
        : Duration.ofSeconds(60 + r.nextInt(1_200));
  }

  /** Mean time between outages of whole services, in every third world; zero for never. */
  Duration outagesEvery() {
    SplittableRandom r = new SplittableRandom(seed ^ 0x0A7A6E);
    return blind == 0 || r.nextInt(3) != 0
        ? Duration.ZERO
        : Duration.ofSeconds(300 + r.nextInt(2_400));
  }

  /** Mean time between two times at which Git cannot be read, in every fourth world; else zero. */
  Duration gitAwayEvery() {
    SplittableRandom r = new SplittableRandom(seed ^ 0x617A);
    return wishes == 0 || r.nextInt(4) != 0
        ? Duration.ZERO
        : Duration.ofSeconds(300 + r.nextInt(2_400));
  }

  /** Mean time between sleeps of the machine, whose clocks are wrong, in every fifth world. */
  Duration clockEvery() {
    SplittableRandom r = new SplittableRandom(seed ^ 0xC10C4);
    return wishes == 0 || r.nextInt(5) != 0
        ? Duration.ZERO
        : Duration.ofSeconds(300 + r.nextInt(3_600));
  }

  /** How often a look shows what was there before the last write, in every third world. */
  double stale() {
    SplittableRandom r = new SplittableRandom(seed ^ 0x57A1E);
    return wishes == 0 || r.nextInt(3) != 0 ? 0 : r.nextDouble(0.2);
  }

  /** Mean time between uses of our names by somebody else, in every fifth world; else zero. */
  Duration namesEvery() {
    SplittableRandom r = new SplittableRandom(seed ^ 0x4A3E5);
    return wishes == 0 || r.nextInt(5) != 0
        ? Duration.ZERO
        : Duration.ofSeconds(120 + r.nextInt(2_400));
  }

  /** The hours in which steps may start; none where any hour is right. */
  List<Window> windows() {
    return Windows.draw(seed);
  }

  /** Whether the environment ends with its clusters, and is not handed over: one world in three. */
  boolean ends() {
    return Math.floorMod(seed, 3L) == 2;
  }

  /** Whether commits change what is made in a cluster in place: one world in four. */
  boolean reshapes() {
    return Math.floorMod(seed, 4L) == 2;
  }

  /** Whether the later steps wait for a person: one world in five. */
  boolean asks() {
    return Math.floorMod(seed, 5L) == 2;
  }

  /** One world in eight has no apps, one has a selector. */
  Wishes.Managed managed() {
    return switch ((int) Math.floorMod(seed, 8)) {
      case 3 -> Wishes.Managed.ROUTES;
      case 6 -> Wishes.Managed.SELECTED;
      default -> Wishes.Managed.ALL;
    };
  }

  /** Nothing goes wrong and nobody interferes. */
  Options healed() {
    return new Options(
        seed,
        dns,
        alb,
        order,
        steps,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        poll,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        wishEvery,
        0,
        approves,
        adopts,
        weighted);
  }

  /**
   * Whether the definition has a check of its own, and some clusters are sick: every second seed.
   */
  boolean judged() {
    return Math.floorMod(seed, 2L) == 1;
  }

  /** Whether somebody has to be asked: one world in six. */
  boolean inquires() {
    return Math.floorMod(seed, 6L) == 4;
  }

  /** Whether a check that fails brings traffic home. */
  boolean returns() {
    return Math.floorMod(seed, 4L) == 1;
  }

  /** Commits as drawn; what goes wrong is a crash at one boundary. */
  Options undisturbed() {
    return new Options(
        seed,
        dns,
        alb,
        order,
        steps,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        poll,
        Duration.ZERO,
        Duration.ZERO,
        appEvery,
        wishEvery,
        wishes,
        approves,
        adopts,
        weighted);
  }

  private static double rate(SplittableRandom r, double most) {
    return r.nextInt(2) == 0 ? 0 : r.nextDouble(most);
  }

  private static Duration every(SplittableRandom r, int minutes) {
    return r.nextInt(2) == 0 ? Duration.ZERO : Duration.ofSeconds(60 + r.nextInt(minutes * 60));
  }

  private static List<Step> steps(SplittableRandom r) {
    List<Step> steps = new ArrayList<>();
    Duration min = Duration.ofSeconds(20 + r.nextInt(100));
    for (int percent : new int[] {1, 5, 25, 50}) {
      if (r.nextInt(3) != 0) {
        steps.add(new Step(percent, min, min.plusMinutes(10)));
      }
    }
    steps.add(new Step(100, min, min.plusMinutes(10)));
    return steps;
  }
}

package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.kill.CallAudit;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Moves to and fro between two built clusters while things break: each of them comes to where Git
 * wants it, no rule is broken in the region's own log of calls, and no request is lost that nothing
 * stood in the way of.
 */
final class ChaosProof implements Proof {

  private static final int LEAST = 5;
  private static final int MOST = 9;

  /** A move from the merge to the end of its drain takes about that long. */
  private static final int MOVE_MILLIS = 45_000;

  @Override
  public String on(Ground ground) {
    Resumable done = Resumable.in(ground.asked());
    if (done.complete()) {
      return figure(done, 0);
    }
    ground.serve(Overlay.briefTimes());
    try (Traffic users = ground.users()) {
      Run run = new Run(ground, users);
      run.buildBoth();
      for (int number : done.left()) {
        SplittableRandom random = new SplittableRandom(ground.asked().seed() * 7_919 + number);
        done.add(number, run.round(number, random));
      }
      List<String> broken = new CallAudit(ground.region()::calls).violations();
      Ground.require(broken.isEmpty(), "rules were broken: " + broken);
      long requests = users.books().values().stream().mapToLong(Books::answers).sum();
      return figure(done, requests);
    }
  }

  /** Every line begins with how many things broke. */
  private static String figure(Resumable done, long requests) {
    long faults = done.all().stream().mapToLong(ChaosProof::faults).sum();
    return "%d rounds to and fro, %d faults, all came to rest, no rule broken, %,d requests in this run, none lost that nothing stood in the way of"
        .formatted(done.all().size(), faults, requests);
  }

  private static long faults(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  /** One run, from the moment at which users are there. */
  private record Run(Ground ground, Traffic users) {

    /** The second cluster is built in peace; every round uses it again. */
    void buildBoth() {
      Pushed merged = begin();
      ground.awaitCalmly(
          "the second cluster to be attached",
          () -> ground.move().phase() instanceof MovePhase.Stepping);
      ground.merged(ground.repository().revert(merged));
      ground.awaitCalmly("traffic to be home", this::home);
    }

    private Pushed begin() {
      String before = ground.move().id();
      Pushed merged = ground.merged(ground.repository().upgrade("1.36", "1.37"));
      ground.awaitCalmly("the move to begin", () -> !ground.move().id().equals(before));
      return merged;
    }

    /** To the new version and back; answers what was done to it. */
    String round(int number, SplittableRandom random) {
      List<Mischief> strikes = new ArrayList<>();
      long lostBefore = lost();
      Pushed merged = begin();
      boolean cutShort = random.nextInt(3) == 0;
      int forward = LEAST + random.nextInt(MOST - LEAST + 1);
      for (int i = 0; i < forward; i++) {
        pause(random.nextInt((cutShort ? 1 : 2) * MOVE_MILLIS / forward));
        strikes.add(strike(random));
      }
      if (!cutShort) {
        ground.awaitCalmly(
            "the old side to be drained",
            () -> ground.move().phase() instanceof MovePhase.Retiring);
      }
      ground.merged(ground.repository().revert(merged));
      strikes.add(strike(random));
      ground.awaitCalmly("traffic to be home again", this::home);
      ground.region().noFaults();
      boolean excused = strikes.stream().anyMatch(Mischief::inTheWay);
      Ground.require(
          excused || lost() == lostBefore,
          "round %d lost requests that nothing stood in the way of: %s; struck: %s"
              .formatted(number, failures(), strikes));
      String what = strikes.size() + " faults" + (cutShort ? ", reverted on the way" : "");
      ground.say("round", "%2d  %s, %d lost".formatted(number, what, lost() - lostBefore));
      return what;
    }

    private Mischief strike(SplittableRandom random) {
      Mischief mischief = Mischief.values()[random.nextInt(Mischief.values().length)];
      ground.say("strike", mischief.words());
      mischief.strike(ground, random);
      return mischief;
    }

    private boolean home() {
      MoveRecord move = ground.move();
      return move.phase() instanceof MovePhase.Returned && ground.record().holds().isEmpty();
    }

    private long lost() {
      return users.books().values().stream().mapToLong(Books::failures).sum();
    }

    private String failures() {
      return users.books().entrySet().stream()
          .map(route -> "%s %s".formatted(route.getKey(), route.getValue().details()))
          .collect(Collectors.joining("; "));
    }

    private static void pause(int millis) {
      try {
        Thread.sleep(Duration.ofMillis(millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted", e);
      }
    }
  }
}

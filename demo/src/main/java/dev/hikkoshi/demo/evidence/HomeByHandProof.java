package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.MoveRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * At random instants of moves to and fro between two built clusters the controller is killed, and a
 * person types what the Move's status says with the real AWS command line: traffic is home, and
 * nobody noticed more than that. Then the controller comes back, and the commit is reverted.
 */
final class HomeByHandProof implements Proof {

  /** A whole move takes about that long, from the merge to the old cluster's end of drain. */
  private static final long LONGEST_MILLIS = 60_000;

  private static final long RETURN_MILLIS = 4_000;

  @Override
  public String on(Ground ground) {
    Path program =
        ground
            .asked()
            .aws()
            .orElseThrow(() -> new DemoException("--aws names the program to type with"));
    AwsHand hand = new AwsHand(program, ground.region(), ground.folders().root());
    Resumable done = Resumable.in(ground.asked());
    if (done.complete()) {
      return figure(done, 0);
    }
    ground.serve(Overlay.briefTimes());
    try (Traffic users = ground.users()) {
      new Run(ground, hand, users).all(done);
      long requests = users.books().values().stream().mapToLong(Books::answers).sum();
      return figure(done, requests);
    }
  }

  private static String figure(Resumable done, long requests) {
    long typed = done.all().stream().filter(what -> !what.endsWith(" 0 commands")).count();
    return "%d of %d instants home (%d with commands to type), %,d requests in this run, 0 failed"
        .formatted(done.all().size(), done.times(), typed, requests);
  }

  /** One run, from the moment at which users are there. */
  private record Run(Ground ground, AwsHand hand, Traffic users) {

    void all(Resumable done) {
      // Both clusters are built once; every later move reuses the one that was kept.
      for (int number : done.left()) {
        SplittableRandom random = new SplittableRandom(ground.asked().seed() * 1_000 + number);
        done.add(number, once(number, random));
      }
    }

    /** One instant; answers what it was. */
    private String once(int number, SplittableRandom random) {
      String before = ground.move().id();
      Pushed merged = ground.merged(ground.repository().upgrade("1.36", "1.37"));
      ground.await("the move to begin", () -> !ground.move().id().equals(before));
      ground.await("the new cluster to be attached", this::attaching);
      pause(random.nextLong(LONGEST_MILLIS));
      boolean returning = random.nextInt(3) == 0;
      if (returning) {
        ground.merged(ground.repository().revert(merged));
        pause(random.nextLong(RETURN_MILLIS));
      }
      ground.kill();
      MoveRecord move = ground.move();
      String home = move.from().orElseThrow();
      String what =
          "%2d  %s%s".formatted(number, move.phase().word(), returning ? " after a revert" : "");
      int typed = home(home, move.to());
      ground.say("by hand", "%s: %d commands, home to %s".formatted(what, typed, home));
      if (!returning) {
        ground.merged(ground.repository().revert(merged));
      }
      ground.start();
      ground.awaitCalmly("the controller to find traffic at home", this::atRest);
      nothingLost(what);
      return move.phase().word() + ", " + typed + " commands";
    }

    private boolean attaching() {
      return switch (ground.move().phase()) {
        case MovePhase.Building _, MovePhase.Syncing _ -> false;
        case MovePhase.Attached _,
            MovePhase.Warm _,
            MovePhase.Stepping _,
            MovePhase.Soak _,
            MovePhase.Drain _,
            MovePhase.Retiring _,
            MovePhase.Gone _,
            MovePhase.Returning _,
            MovePhase.Returned _ ->
            true;
      };
    }

    /** Types what the dead controller left; answers how many commands that were. */
    private int home(String home, String other) {
      JsonNode ways = ground.moveObject().at("/status/home");
      List<String> commands = new ArrayList<>();
      ways.forEach(
          way -> {
            Ground.require(
                way.path("to").asText().equals(home), "it leads to " + way + ", not to " + home);
            way.path("commands").forEach(command -> commands.add(command.asText()));
          });
      commands.forEach(hand::type);
      Instant typed = ground.clock().instant();
      // INSYNC and the TTL of the sandbox's physics, and requests that were under way.
      Instant quiet = typed.plus(users.ttl()).plusSeconds(3);
      Waiting.until(
          "answers after the commands",
          Ground.LIMIT,
          () -> ground.clock().instant().isAfter(quiet.plusSeconds(2)));
      users
          .books()
          .forEach(
              (route, books) ->
                  Ground.require(
                      books.last(other).filter(quiet::isBefore).isEmpty(),
                      "%s is still answered by %s after %s".formatted(route, other, commands)));
      return commands.size();
    }

    private boolean atRest() {
      MoveRecord move = ground.move();
      boolean rest =
          move.phase() instanceof MovePhase.Returned || move.phase() instanceof MovePhase.Gone;
      return rest && ground.record().holds().isEmpty();
    }

    private void nothingLost(String what) {
      users
          .books()
          .forEach(
              (route, books) ->
                  Ground.require(
                      books.failures() == 0,
                      "%s: %s lost %s".formatted(what, route, books.details())));
    }

    private static void pause(long millis) {
      try {
        Thread.sleep(Duration.ofMillis(millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted", e);
      }
    }
  }
}

package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Overlay.Change;
import dev.hikkoshi.demo.stage.Tempo;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.environments.move.MovePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One whole move while everything takes as long as at AWS: clusters eight minutes, INSYNC half a
 * minute, answers for aliases a minute, metrics a minute. No step counts before it is effective, as
 * the users' own resolvers and requests see it, and no request is lost.
 */
final class AwsPhysicsProof implements Proof {

  /** Long enough for 1,200 resolvers that ask once a minute to be judged by. */
  private static final Overlay MINUTES =
      new Overlay(
          List.of(
              new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 2m, max: 20m}"),
              new Change("soak: 24h", "soak: 2m"),
              new Change("drain: {for: 1h, below: 1/min}", "drain: {for: 2m, below: 1/min}")),
          Map.of());

  private static final Duration TTL = Duration.ofSeconds(60);

  @Override
  public Tempo tempo() {
    return Tempo.AWS;
  }

  @Override
  public String on(Ground ground) {
    ground.serve(MINUTES);
    try (Traffic users = ground.users()) {
      String before = ground.move().id();
      Instant merged = ground.merged(ground.repository().upgrade("1.36", "1.37")).pushedAt();
      ground.await("the move to begin", () -> !ground.move().id().equals(before));
      // A wait for each phase, none for all: every one of them may take as long as it must.
      List<String> phases = List.of("attached", "stepping", "soak", "drain", "retiring");
      phases.forEach(phase -> ground.await("phase " + phase, () -> reached(ground, phase)));
      Duration took = Duration.between(merged, ground.clock().instant());
      return figure(users, steps(ground), took);
    }
  }

  private static boolean reached(Ground ground, String phase) {
    String move = ground.move().id();
    return ground.move().phase() instanceof MovePhase.Retiring
        || ground.book().phases().stream()
            .anyMatch(seen -> seen.move().equals(move) && seen.name().equals(phase));
  }

  private static List<StepSeen> steps(Ground ground) {
    String move = ground.move().id();
    return ground.book().steps().stream().filter(s -> s.move().equals(move)).toList();
  }

  private static String figure(Traffic users, List<StepSeen> steps, Duration took) {
    Ground.require(users.ttl().equals(TTL), "answers have a TTL of " + users.ttl());
    steps.forEach(step -> effectiveFirst(users, step));
    Ground.require(steps.size() == 10, "not five steps on each of two routes: " + steps);
    long requests = 0;
    for (Map.Entry<String, Books> route : users.books().entrySet()) {
      Books books = route.getValue();
      Ground.require(books.failures() == 0, route.getKey() + " lost " + books.details());
      requests += books.answers();
    }
    return "%d steps in %d min, each effective before it counted, %,d requests, 0 failed"
        .formatted(steps.size(), took.toMinutes(), requests);
  }

  /** What was counted from then on is the intended share: nobody still had an older answer. */
  private static void effectiveFirst(Traffic users, StepSeen step) {
    Instant written = step.writtenAt().orElseThrow();
    Instant effective = step.effectiveAt().orElseThrow();
    if (step.route().equals(Traffic.WEB)) {
      Optional<Instant> least = step.insync().map(written::plus).map(at -> at.plus(users.ttl()));
      Ground.require(
          least.filter(at -> !effective.isBefore(at)).isPresent(),
          "%s counted from %s, before INSYNC and the TTL were over: %s"
              .formatted(step, effective, least));
    }
    Ground.require(
        step.judgedAt().filter(effective::isBefore).isPresent(), step + " was never judged");
    ShareJudgement judged = users.judge(step);
    Ground.require(judged.withinBound(), "%s: %s".formatted(step, judged));
  }
}

package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.clusters.rights.AwsRight;
import dev.hikkoshi.clusters.rights.AwsRights;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Overlay.Change;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A whole lifecycle in which the mode is lowered in every phase, while there would be something to
 * do: nothing is written in AWS, and nothing but reads is asked of target clusters. In between, in
 * {@code act}, the move goes on from where it stood. Every operation that was called is in the
 * table that the published policies are made of.
 */
final class ObserveProof implements Proof {

  private static final String LINE =
      "mode: act # begin with observe: it reads and reports, and writes nothing";
  private static final List<String> PHASES =
      List.of("building", "syncing", "attached", "stepping", "soak", "drain", "retiring");
  private static final int PASSES = 4;

  /** Long enough in each phase that a lowered mode meets it. */
  private static final Overlay FROM_OBSERVE =
      new Overlay(
          List.of(
              new Change(LINE, "mode: observe"),
              new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 8s, max: 10m}"),
              new Change("soak: 24h", "soak: 12s"),
              new Change("drain: {for: 1h, below: 1/min}", "drain: {for: 12s, below: 1/min}"),
              new Change("grace: 1m", "grace: 1s"),
              new Change("after: 7d", "after: 1s")),
          Map.of());

  @Override
  public String on(Ground ground) {
    ground.merge(FROM_OBSERVE);
    Run run = new Run(ground, new AuditLog(ground.region()));
    run.beforeAnything();
    run.firstCluster();
    // Without users no step of the api route is ever judged.
    try (Traffic _ = ground.users()) {
      run.everyPhase();
      return run.figure();
    }
  }

  /** One run, from a region in which nothing is yet. */
  private static final class Run {

    private final Ground ground;
    private final AuditLog audit;
    private final Set<String> phases = new LinkedHashSet<>();
    private int lowered;
    private long passes;
    private String mode = "observe";

    Run(Ground ground, AuditLog audit) {
      this.ground = ground;
      this.audit = audit;
    }

    void beforeAnything() {
      quiet("nothing is there", 0, Map.of());
      Ground.require(
          ground.view().at("/differs").toString().contains("build a cluster"),
          "observe does not say what differs: " + ground.view().path("differs"));
      change("plan");
      quiet("nothing is there", 0, Map.of());
      Ground.require(
          ground.view().at("/would").toString().contains("create cluster"),
          "plan does not say what it would do: " + ground.view().path("would"));
    }

    void firstCluster() {
      change("act");
      ground.await(
          "the first cluster to serve", () -> ground.record().move().filter(Run::over).isPresent());
    }

    private static boolean over(MoveRecord move) {
      return move.phase().word().equals("gone");
    }

    void everyPhase() {
      ground.merged(ground.repository().upgrade("1.36", "1.37"));
      for (String phase : PHASES) {
        ground.await("phase " + phase, () -> reached(phase));
        lower(phase, lowered % 2 == 0 ? "plan" : "observe");
        change("act");
      }
    }

    /** That phase or a later one: some are over within a second. */
    private boolean reached(String phase) {
      int now = PHASES.indexOf(ground.move().phase().word());
      return now >= PHASES.indexOf(phase);
    }

    /** Lowers the mode, gives reasons to write, and waits for passes. */
    private void lower(String phase, String to) {
      change(to);
      long call = ground.lastCall();
      Map<String, Long> marks = audit.mark();
      String stands = ground.move().phase().word();
      ground.merged(
          ground.repository().change("Another greeting in " + phase, Text.greeting("in " + phase)));
      if (phase.equals("retiring")) {
        ground.merged(ground.repository().approve(List.of(ground.move().from().orElseThrow())));
      }
      quiet("phase " + phase, call, marks);
      Ground.require(
          ground.move().phase().word().equals(stands),
          "the move went on from %s to %s".formatted(stands, ground.move().phase().word()));
      lowered++;
      phases.add(stands);
    }

    /** Passes in which nothing is written. */
    private void quiet(String where, long call, Map<String, Long> marks) {
      long from = ground.passes();
      ground.awaitCalmly("passes in mode " + mode, () -> ground.passes() >= from + PASSES);
      passes += ground.passes() - from;
      List<String> writes = ground.writesAfter(call);
      Ground.require(
          writes.isEmpty(), where + ", mode " + mode + ": AWS was written to: " + writes);
      List<String> asked = audit.writesAfter(marks);
      Ground.require(asked.isEmpty(), where + ", mode " + mode + ": clusters were asked: " + asked);
      ground.say("seen", "%s, mode %s: nothing is written".formatted(where, mode));
    }

    private void change(String to) {
      ground.merged(
          ground
              .repository()
              .change(
                  "Mode " + to,
                  Text.replace("shop/environment.yaml", "mode: " + mode, "mode: " + to)));
      mode = to;
      ground.awaitCalmly("mode " + to, () -> ground.view().path("mode").asText().equals(to));
    }

    /** What was called against the table of rights. */
    String figure() {
      ground.await(
          "the end of the old cluster", () -> ground.record().move().filter(Run::over).isPresent());
      Set<String> called =
          ground.region().callsAfter(0).stream()
              .filter(
                  c ->
                      c.path("principal").asText().contains("assumed-role/hikkoshi/")
                          || c.path("principal").asText().contains("assumed-role/traffic/"))
              .map(c -> service(c.path("service").asText()) + ":" + c.path("operation").asText())
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> allowed =
          AwsRights.of(Mode.ACT).stream()
              .map(AwsRight::action)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> refused = new TreeSet<>(called);
      refused.removeAll(allowed);
      Ground.require(refused.isEmpty(), "called without a right in the policies: " + refused);
      Set<String> never = new TreeSet<>(allowed);
      never.removeAll(called);
      ground.say("rights", "in the policy and not called here: " + String.join(", ", never));
      return "mode lowered in %s, %d passes, 0 AWS writes, 0 writes in audit logs; %d operations called, all in the policy, %d of it not called"
          .formatted(phases, passes, called.size(), never.size());
    }

    /** The signing name as IAM's prefix. */
    private static String service(String signingName) {
      return signingName.equals("monitoring") ? "cloudwatch" : signingName;
    }
  }
}

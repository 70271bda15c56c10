package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.story.Teller.Tone;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.demo.watch.StepSeen.Kind;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The story: an environment on 1.36, users, a merge that asks for 1.37, a revert in the middle of
 * the move, the same merge again, and the end of the old cluster.
 */
public final class Story {

  private static final String OLD = "1.36";
  private static final String NEW = "1.37";
  private static final int REVERTED_AT = 25;

  private final Stage stage;
  private final Teller teller;
  private final Tale tale;

  /**
   * What the acts found, for the report.
   *
   * @param revert when it was pushed
   * @param reverted id of the move that went back
   * @param completed id of the move that went to its end
   * @param lastOnNewSide by route, the last request that the new cluster answered before the second
   *     move
   */
  public record Told(
      Instant revert,
      String reverted,
      String completed,
      SortedMap<String, Instant> lastOnNewSide) {}

  Story(Stage stage, Teller teller, Tale tale) {
    this.stage = stage;
    this.teller = teller;
    this.tale = tale;
  }

  /** The first cluster: builds up to where users can come. */
  void serve(Overlay overlay) {
    teller.line(Tone.TITLE, "\nAn environment on Kubernetes " + OLD);
    teller.line(Tone.QUIET, "docs/sample, with the values of production but for:");
    for (Overlay.Change change : overlay.changes()) {
      teller.line(Tone.QUIET, "  - " + change.before());
      teller.line(Tone.QUIET, "  + " + change.after());
    }
    merged(
        stage
            .repository()
            .addSample(stage.folders().sample(), overlay, "Shop on Kubernetes " + OLD));
    tale.await("the first cluster to serve", Story::firstServes);
  }

  private static boolean firstServes(EnvironmentRecord record) {
    return record.move().filter(m -> m.phase() instanceof MovePhase.Gone).isPresent()
        && record.routes().values().stream().allMatch(r -> r.lastWritten().isPresent());
  }

  /** Everything that happens while users are there. */
  Told move(Traffic traffic) {
    Pushed upgrade = upgrade("\nThe move: one line of cluster.yaml");
    String first = moving();
    awaitStep(first, REVERTED_AT);
    Pushed revert = revert(upgrade);
    tale.await(
        "traffic to be home",
        r -> r.move().filter(m -> m.phase() instanceof MovePhase.Returned).isPresent());
    awaitProof(traffic, first);
    String newSide =
        tale.record().flatMap(EnvironmentRecord::move).map(MoveRecord::to).orElseThrow();
    SortedMap<String, Instant> lastOnNewSide = new TreeMap<>();
    traffic
        .books()
        .forEach(
            (route, books) -> books.last(newSide).ifPresent(at -> lastOnNewSide.put(route, at)));
    String second = again(revert);
    retire();
    return new Told(revert.pushedAt(), first, second, lastOnNewSide);
  }

  /** Merges the upgrade. */
  Pushed upgrade(String title) {
    teller.line(Tone.TITLE, title);
    return merged(stage.repository().upgrade(OLD, NEW));
  }

  /** The id of a move that has just begun. */
  private String moving() {
    tale.await("a move to begin", r -> r.move().filter(Story::underWay).isPresent());
    return tale.record().flatMap(EnvironmentRecord::move).map(MoveRecord::id).orElseThrow();
  }

  private static boolean underWay(MoveRecord move) {
    return !(move.phase() instanceof MovePhase.Gone || move.phase() instanceof MovePhase.Returned);
  }

  /** Until the step is effective on every route. */
  private void awaitStep(String move, int percent) {
    tale.awaitThat(
        "the step of " + percent + " %",
        () ->
            Traffic.ROUTES.stream()
                .allMatch(
                    route ->
                        tale.book().steps().stream()
                            .anyMatch(s -> effective(s, move, route, percent))));
  }

  private static boolean effective(StepSeen step, String move, String route, int percent) {
    return step.move().equals(move)
        && step.kind() == Kind.MOVE
        && step.route().equals(route)
        && step.percent() == percent
        && step.effectiveAt().isPresent();
  }

  private Pushed revert(Pushed upgrade) {
    teller.line(Tone.TITLE, "\nIn the middle of it: git revert " + upgrade.shortId());
    return merged(stage.repository().revert(upgrade));
  }

  /** Until enough was counted at home to judge the return by. */
  private void awaitProof(Traffic traffic, String move) {
    tale.awaitThat(
        "enough samples at home",
        () -> {
          List<StepSeen> home =
              tale.book().steps().stream()
                  .filter(s -> s.move().equals(move) && s.kind() == Kind.RETURN)
                  .toList();
          return home.size() == Traffic.ROUTES.size()
              && home.stream().allMatch(s -> traffic.judge(s).samples() >= ShareJudgement.LEAST);
        });
  }

  private String again(Pushed revert) {
    teller.line(Tone.TITLE, "\nThe same again: git revert " + revert.shortId());
    merged(stage.repository().revert(revert));
    String second = moving();
    tale.await("the old side to be drained", r -> drained(r, second));
    return second;
  }

  private static boolean drained(EnvironmentRecord record, String move) {
    return record
        .move()
        .filter(m -> m.id().equals(move) && m.phase() instanceof MovePhase.Retiring)
        .flatMap(MoveRecord::from)
        .flatMap(record::cluster)
        .filter(c -> c.life() instanceof ClusterLife.Drained)
        .isPresent();
  }

  private void retire() {
    String old =
        tale.record().flatMap(EnvironmentRecord::move).flatMap(MoveRecord::from).orElseThrow();
    teller.line(Tone.TITLE, "\nThe old cluster may go: retire.approved in environment.yaml");
    merged(stage.repository().approve(List.of(old)));
    tale.await(
        old + " to be gone",
        r ->
            r.cluster(old).filter(c -> c.life() instanceof ClusterLife.Gone).isPresent()
                && r.move().filter(m -> m.phase() instanceof MovePhase.Gone).isPresent());
    tale.awaitThat(
        old + " to be gone from EKS",
        () -> stage.region().state().at("/clusters").path(old).isMissingNode());
  }

  private Pushed merged(Pushed commit) {
    teller.say("merge", commit.shortId() + "  " + commit.subject());
    return commit;
  }
}

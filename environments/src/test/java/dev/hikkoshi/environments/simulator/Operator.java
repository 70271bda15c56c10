package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.StandStill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is on duty: looks at what holds, brings traffic home, and has bad things tried again. */
final class Operator {

  private static final String WHO = "miyake";

  /** So long after a hold somebody looks at it. */
  private static final Duration LOOKS = Duration.ofMinutes(2);

  private final Scene scene;
  private final Committer committer;
  private final People people;
  private final Runnable excused;
  private Instant nextOrder;

  /**
   * Goes on duty.
   *
   * @param excused runs when it is on a person's word that things go on
   */
  Operator(Scene scene, Committer committer, People people, Runnable excused) {
    this.scene = scene;
    this.committer = committer;
    this.people = people;
    this.excused = excused;
    this.nextOrder = scene.later(scene.options().ordersEvery());
  }

  /** When something is looked at or ordered next. */
  Stream<Instant> due() {
    Optional<Instant> look =
        scene.remembered().holds().stream()
            .map(hold -> hold.since().plus(LOOKS))
            .min(Instant::compareTo);
    return Stream.concat(Stream.of(nextOrder, people.next()), look.stream());
  }

  /** Looks at holds after a while and lifts them; foreign weights are accepted. */
  void looks() {
    List<Hold> holds = scene.remembered().holds();
    List<Hold> old = holds.stream().filter(h -> !h.since().plus(LOOKS).isAfter(now())).toList();
    if (old.isEmpty()) {
      return;
    }
    // Whoever resumes looks at all that holds, also at what has only just begun to.
    boolean foreign = holds.stream().anyMatch(h -> h.reason() == Hold.Reason.FOREIGN_WRITE);
    excused.run();
    scene.chronicle().event("person resumes " + old);
    gives(new Resume(WHO, "looked at it", foreign, now()));
  }

  /** A step that asks for a person gets one. */
  void consents(Plan plan) {
    people
        .approve(scene.remembered(), plan)
        .ifPresent(
            order -> {
              gives(order);
              scene.chronicle().happened("approval");
              scene.chronicle().event("person: " + order);
            });
  }

  /** Brings traffic home, or holds it, without a commit, if it is time. */
  void orders() {
    if (!scene.world().time.past(nextOrder)) {
      return;
    }
    nextOrder = scene.later(scene.options().ordersEvery());
    Order order =
        scene.random().nextInt(3) == 0
            ? new StandStill(WHO, "let me look", now())
            : new GoHome(WHO, "it looks wrong", now());
    if (order.refusal(scene.remembered()).isEmpty()
        && scene.disturbances().strikes("a person's order")) {
      scene.chronicle().happened(order instanceof GoHome ? "return by command" : "hold by command");
      gives(order);
      scene.chronicle().event("person: " + order);
    }
  }

  /** In the end somebody wants even that tried again which was bad. */
  void triesAgain() {
    boolean wanted =
        scene.remembered().bad().keySet().stream()
            .map(scene.remembered()::cluster)
            .flatMap(Optional::stream)
            .anyMatch(committer::wants);
    if (wanted) {
      gives(new Resume(WHO, "it was not that", false, false, true, now()));
      committer.again();
      scene.chronicle().event("person: try again");
    }
  }

  /**
   * What somebody deleted is not built again by itself: a commit asks for another cluster. Where
   * one does already, and waits for the end of a move that has none, a person goes home from it.
   */
  void givesUpWhatIsLost() {
    Optional<MoveRecord> move = scene.remembered().move().filter(m -> !m.returning());
    List<String> lost =
        move.stream().flatMap(m -> Stream.of(m.to(), m.serving())).filter(this::isLost).toList();
    if (lost.stream()
        .map(scene.remembered()::cluster)
        .flatMap(Optional::stream)
        .anyMatch(committer::wants)) {
      committer.anotherVersion();
      return;
    }
    if (move.map(MoveRecord::to).filter(this::isLost).isEmpty()) {
      return;
    }
    GoHome home = new GoHome(WHO, "somebody deleted it", now());
    if (home.refusal(scene.remembered()).isEmpty()) {
      gives(home);
      scene.chronicle().event("person: " + home);
    }
  }

  private boolean isLost(String cluster) {
    return scene.world().namesakes.lost(cluster).isPresent();
  }

  private void gives(Order order) {
    scene.store().put(order.on(scene.remembered()));
  }

  private Instant now() {
    return scene.world().time.instant();
  }
}

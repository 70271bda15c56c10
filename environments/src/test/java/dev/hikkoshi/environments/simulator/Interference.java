package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.stream.Stream;

/** What goes on beside the controller: people who commit, order and approve, and mishaps. */
final class Interference {

  final Committer committer;
  final Operator operator;
  private final Scene scene;
  private final People people;
  private final Mishaps mishaps;
  private boolean over;

  /**
   * Everybody goes to work.
   *
   * @param excused runs when it is on a person's word that things go on
   */
  Interference(Scene scene, Runnable excused) {
    this.scene = scene;
    this.people = new People(scene.world(), scene.options());
    this.committer = new Committer(scene);
    this.mishaps = new Mishaps(scene);
    this.operator = new Operator(scene, committer, people, excused);
  }

  /** Between two passes, or in the middle of one, those whose time it is do what they do. */
  void happens() {
    if (over) {
      return;
    }
    committer.changeMode();
    committer.app();
    mishaps.happen();
    operator.orders();
    if (scene.options().approves() && scene.random().nextInt(50) == 0) {
      committer.approve();
    }
  }

  /** Another version may be committed while nobody leads. */
  void whileNobodyLeads() {
    if (!over && committer.mayAsk() && scene.random().nextInt(4) == 0) {
      committer.anotherVersion();
    }
  }

  /** Before every pass somebody looks at what holds, and says a word on the freeze. */
  void looks() {
    operator.looks();
    people.freeze().ifPresent(word -> scene.chronicle().turned("freeze", "person: " + word));
  }

  /** When anybody does anything next. */
  Stream<Instant> due() {
    return Stream.of(committer.due(), mishaps.due(), operator.due()).flatMap(s -> s);
  }

  /** Nothing befalls anybody any more, and the mode is that which acts. */
  void rest() {
    people.rest();
    mishaps.rest();
    committer.acts();
  }

  /** Git and people are not at work any more. */
  void ends() {
    over = true;
  }
}

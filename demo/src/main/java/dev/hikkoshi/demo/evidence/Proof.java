package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.stage.Tempo;
import java.util.List;

/** One claim, shown by doing it. */
interface Proof {

  /** Arguments of an altered controller; none for the shipped one. */
  default List<String> alteration() {
    return List.of();
  }

  /** How long things take. */
  default Tempo tempo() {
    return Tempo.FAST;
  }

  /**
   * Does it and looks at what became of it.
   *
   * @return the figure, in a few words
   * @throws dev.hikkoshi.demo.DemoException when something is not as claimed; says what
   * @throws dev.hikkoshi.demo.story.HeldException when the controller holds
   */
  String on(Ground ground);
}

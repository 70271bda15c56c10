package dev.hikkoshi.environments.view;

/** The state of an environment in one word and one shape, told apart without colour. */
public enum State {
  STEADY("✓", "steady"),
  LOOKING("○", "looking"),
  BUILDING("◔", "building"),
  PROVING("⧗", "proving"),
  MOVING("▶", "moving"),
  HOLDING("■", "holding"),
  RETURNING("◀", "returning"),
  RETURNED("◀", "returned"),
  SOAKING("◷", "soaking"),
  DRAINING("◷", "draining"),
  RETIRING("✂", "retiring"),
  REJECTED("✗", "rejected"),
  LEAVING("◌", "leaving"),
  HANDED_OVER("◌", "handed-over"),
  BLIND("?", "blind");

  private final String shape;
  private final String word;

  State(String shape, String word) {
    this.shape = shape;
    this.word = word;
  }

  /** One character that differs for states that ask for different acts. */
  public String shape() {
    return shape;
  }

  /** The word, lower-case, the same in every output. */
  public String word() {
    return word;
  }
}

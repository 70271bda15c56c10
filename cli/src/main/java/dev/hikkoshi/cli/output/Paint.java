package dev.hikkoshi.cli.output;

import dev.hikkoshi.environments.view.State;

/** Colour that only repeats what shape and word say already. */
public final class Paint {

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String BLUE = "\u001b[34m";

  private final boolean on;

  public Paint(boolean on) {
    this.on = on;
  }

  public String bold(String text) {
    return painted(BOLD, text);
  }

  public String danger(String text) {
    return painted(RED, text);
  }

  public String warning(String text) {
    return painted(YELLOW, text);
  }

  /** A text in the colour of a state. */
  public String state(State state, String text) {
    return painted(
        BOLD
            + switch (state) {
              case STEADY -> GREEN;
              case LOOKING,
                  BUILDING,
                  PROVING,
                  MOVING,
                  SOAKING,
                  DRAINING,
                  RETIRING,
                  LEAVING,
                  HANDED_OVER ->
                  BLUE;
              case RETURNING, RETURNED -> YELLOW;
              case HOLDING, REJECTED, BLIND -> RED;
            },
        text);
  }

  private String painted(String colour, String text) {
    return on ? colour + text + RESET : text;
  }
}

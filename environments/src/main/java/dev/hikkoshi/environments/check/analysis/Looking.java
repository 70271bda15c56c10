package dev.hikkoshi.environments.check.analysis;

/**
 * Which look of how many this is, so that looking often costs what it has to. Over all steps of a
 * move, and soak however long, one check on one route calls a new side worse that is not with a
 * chance of {@link #FALSE_ALARMS} at most.
 *
 * @param courses steps of the move, soak counted
 * @param window since a step is looked at in windows that begin anew: which, from 0
 * @param look how many periods were looked at since a pass could be: from 1
 */
public record Looking(int courses, int window, int look) {

  /** The chance of calling a new side worse that is not, in one move. */
  public static final double FALSE_ALARMS = 0.01;

  /** The chance of calling a new side not worse that is worse by more than the margin. */
  public static final double FALSE_PASS = 0.05;

  /** Part of {@link #FALSE_ALARMS} for this window; 1/2, 1/6, 1/12, … sum to one. */
  public double alarm() {
    return FALSE_ALARMS / courses / ((window + 1.0) * (window + 2.0));
  }

  /** Part of {@link #FALSE_PASS} for this look. */
  public double pass() {
    return FALSE_PASS / (look * (look + 1.0));
  }
}

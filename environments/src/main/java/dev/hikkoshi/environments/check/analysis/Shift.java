package dev.hikkoshi.environments.check.analysis;

import java.util.Arrays;

/**
 * By how much numbers of one side lie above those of the other over the same periods: the median of
 * the pairwise means of the differences (Hodges and Lehmann), with bounds from the exact
 * distribution of Wilcoxon's signed ranks.
 *
 * <p>Neighbouring periods resemble each other, which would make bounds too narrow: differences are
 * averaged over as many neighbours as their own correlation asks for, before anything is counted.
 */
public final class Shift {

  /** More correlation than this is taken as this. */
  private static final double MOST = 0.9;

  private final int groups;
  private final double[] walsh;

  private Shift(int groups, double[] walsh) {
    this.groups = groups;
    this.walsh = walsh;
  }

  /** The shift of paired numbers, oldest first. */
  public static Shift of(double[] fresh, double[] old) {
    if (fresh.length != old.length || fresh.length == 0) {
      throw new IllegalArgumentException("pairs are needed");
    }
    double[] differences = new double[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      differences[i] = fresh[i] - old[i];
    }
    double[] groups = grouped(differences, together(differences));
    double[] walsh = new double[groups.length * (groups.length + 1) / 2];
    int next = 0;
    for (int i = 0; i < groups.length; i++) {
      for (int j = i; j < groups.length; j++) {
        walsh[next++] = (groups[i] + groups[j]) / 2;
      }
    }
    Arrays.sort(walsh);
    return new Shift(groups.length, walsh);
  }

  /** Independent differences that were left. */
  public int groups() {
    return groups;
  }

  /** New minus old, in the numbers' own unit. */
  public double estimate() {
    int half = walsh.length / 2;
    return walsh.length % 2 == 1 ? walsh[half] : (walsh[half - 1] + walsh[half]) / 2;
  }

  /**
   * The largest shift that is plausible; infinite where there are too few differences for so small
   * an {@code alpha}.
   */
  public double upper(double alpha) {
    int rank = rank(alpha);
    return rank < 1 ? Double.POSITIVE_INFINITY : walsh[walsh.length - rank];
  }

  /** The smallest shift that is plausible. */
  public double lower(double alpha) {
    int rank = rank(alpha);
    return rank < 1 ? Double.NEGATIVE_INFINITY : walsh[rank - 1];
  }

  /** How many neighbours stand for one independent difference. */
  static int together(double[] differences) {
    double mean = Arrays.stream(differences).average().orElse(0);
    double square = 0;
    double beside = 0;
    for (int i = 0; i < differences.length; i++) {
      square += (differences[i] - mean) * (differences[i] - mean);
      if (i > 0) {
        beside += (differences[i] - mean) * (differences[i - 1] - mean);
      }
    }
    double r = square == 0 ? 0 : Math.clamp(beside / square, 0, MOST);
    return (int) Math.ceil((1 + r) / (1 - r) - 1e-9);
  }

  private static double[] grouped(double[] all, int size) {
    int groups = Math.max(1, all.length / size);
    double[] means = new double[groups];
    for (int g = 0; g < groups; g++) {
      int to = g == groups - 1 ? all.length : (g + 1) * size;
      means[g] = Arrays.stream(all, g * size, to).average().orElse(0);
    }
    return means;
  }

  /** The largest r with P(signed-rank statistic below r) at most alpha. */
  private int rank(double alpha) {
    double[] chance = {1};
    for (int rank = 1; rank <= groups; rank++) {
      double[] next = new double[chance.length + rank];
      for (int s = 0; s < chance.length; s++) {
        next[s] += chance[s] / 2;
        next[s + rank] += chance[s] / 2;
      }
      chance = next;
    }
    double sum = 0;
    int rank = 0;
    while (sum + chance[rank] <= alpha) {
      sum += chance[rank++];
    }
    return rank;
  }
}

package dev.hikkoshi.environments.desired;

import java.util.List;
import java.util.Optional;

/**
 * What Git says about one environment.
 *
 * @param desired of the newest commit that could be evaluated; empty when there never was one
 * @param stale why that is not the newest commit of the source, for example that Git is unreachable
 *     or that a definition has an error: one sentence. Then nothing new is started
 * @param problems everything that is wrong in the newest commit, each with file, line and column;
 *     bounded. Empty where {@code stale} is about something else than files
 */
public record Wish(
    String environment, Optional<Desired> desired, Optional<String> stale, List<String> problems) {

  public Wish {
    problems = List.copyOf(problems);
  }

  public static Wish of(Desired desired) {
    return new Wish(desired.environment(), Optional.of(desired), Optional.empty(), List.of());
  }

  /** The last good state stays; nothing new starts until {@code why} is gone. */
  public static Wish stale(Desired lastGood, String why) {
    return new Wish(lastGood.environment(), Optional.of(lastGood), Optional.of(why), List.of());
  }

  public static Wish none(String environment, String why) {
    return new Wish(environment, Optional.empty(), Optional.of(why), List.of());
  }

  /** The same, with each thing that is wrong in its files. */
  public Wish because(List<String> all) {
    return new Wish(environment, desired, stale, all);
  }
}

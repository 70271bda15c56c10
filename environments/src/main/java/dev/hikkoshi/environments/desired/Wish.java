package dev.hikkoshi.environments.desired;

import java.util.Optional;

/**
 * What Git says about one environment.
 *
 * @param desired of the newest commit that could be evaluated; empty when there never was one
 * @param stale why that is not the newest commit of the source, for example that Git is unreachable
 *     or that a definition has an error (file, line, column). Then nothing new is started
 */
public record Wish(String environment, Optional<Desired> desired, Optional<String> stale) {

  public static Wish of(Desired desired) {
    return new Wish(desired.environment(), Optional.of(desired), Optional.empty());
  }

  /** The last good state stays; nothing new starts until {@code why} is gone. */
  public static Wish stale(Desired lastGood, String why) {
    return new Wish(lastGood.environment(), Optional.of(lastGood), Optional.of(why));
  }

  public static Wish none(String environment, String why) {
    return new Wish(environment, Optional.empty(), Optional.of(why));
  }
}

package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;

/** The value of what has to be known, or an error that says why it is not. */
final class Observations {

  private Observations() {}

  static <T> T value(Observation<T> seen) {
    return switch (seen) {
      case Known<T>(T value) -> value;
      case Unknown<T>(String what, String why) ->
          throw new AssertionError("%s is unknown: %s".formatted(what, why));
    };
  }
}

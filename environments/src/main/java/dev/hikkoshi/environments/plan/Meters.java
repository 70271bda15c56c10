package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which checks are asked now, and about which whole periods. */
final class Meters {

  private Meters() {}

  static SortedMap<Meter, Span> of(Desired desired, EnvironmentRecord record, Instant now) {
    return new TreeMap<>();
  }
}

package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.environments.check.outside.OwnerMarks;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Marks of external-dns by zone: a zone is read whole for them, so its answer is kept a while. */
final class ZoneMarks {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<Account.Hosted, Listed> zones = new ConcurrentHashMap<>();

  ZoneMarks(InstantSource clock) {
    this.clock = clock;
  }

  private record Listed(Observation<OwnerMarks> marks, Instant at) {}

  /** Those of one name; the zone's are kept for a minute. */
  Observation<List<OwnerMark>> of(
      Account account, Account.Hosted zone, String name, String resource) {
    return listed(account, zone).map(marks -> marks.of(name, resource));
  }

  private Observation<OwnerMarks> listed(Account account, Account.Hosted zone) {
    Listed before = zones.get(zone);
    if (before != null && clock.instant().isBefore(before.at().plus(KEPT))) {
      return before.marks();
    }
    Instant at = clock.instant();
    Observation<OwnerMarks> marks =
        RecordSets.ofZone(account, zone)
            .map(sets -> OwnerMarks.in(sets.stream().map(Shapes::seen).toList()));
    if (marks instanceof Known) {
      zones.put(zone, new Listed(marks, at));
    }
    return marks;
  }
}

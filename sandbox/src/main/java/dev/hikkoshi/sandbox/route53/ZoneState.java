package dev.hikkoshi.sandbox.route53;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A zone with its record sets: the newest version is what the API shows, the newest version that is
 * INSYNC is what name servers answer.
 *
 * @param versions oldest first, at least one
 */
public record ZoneState(HostedZone zone, Map<String, String> tags, List<Version> versions) {

  /**
   * The record sets after a change.
   *
   * @param insyncAt from when name servers answer by it
   * @param records in the order of their keys
   */
  public record Version(Instant insyncAt, List<RecordSet> records) {

    public Version {
      records = List.copyOf(records);
    }
  }

  public ZoneState {
    tags = Map.copyOf(tags);
    versions = List.copyOf(versions);
  }

  /** What the API shows: every accepted change is in it. */
  public List<RecordSet> current() {
    return versions.getLast().records();
  }

  /** What name servers answer now; empty while the zone itself is not INSYNC. */
  public List<RecordSet> published(Instant now) {
    return versions.reversed().stream()
        .filter(version -> !now.isBefore(version.insyncAt()))
        .findFirst()
        .map(Version::records)
        .orElse(List.of());
  }

  SortedMap<RecordSet.Key, RecordSet> byKey() {
    SortedMap<RecordSet.Key, RecordSet> all = new TreeMap<>();
    current().forEach(set -> all.put(set.key(), set));
    return all;
  }

  /** The zone with one more version; versions that will never be answered again are dropped. */
  ZoneState with(Collection<RecordSet> records, Instant insyncAt, Instant now) {
    List<Version> kept = new ArrayList<>();
    for (Version version : versions) {
      if (!now.isBefore(version.insyncAt())) {
        kept.clear();
      }
      kept.add(version);
    }
    kept.add(new Version(insyncAt, List.copyOf(records)));
    return new ZoneState(zone, tags, kept);
  }

  ZoneState withTags(Map<String, String> changed) {
    return new ZoneState(zone, changed, versions);
  }
}

package dev.hikkoshi.sandbox.route53;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How sets of one name and type may stand beside each other: one simple set, or up to a hundred
 * weighted ones that share one TTL ("Values specific for weighted records",
 * resource-record-sets-values-weighted.html; "DNSLimitations.html").
 */
final class WeightedSetRules {

  private static final int MOST = 100;

  private WeightedSetRules() {}

  /** The problem of a set that was written, given all sets of its name after the batch. */
  static Optional<String> check(RecordSet set, List<RecordSet> ofName) {
    List<RecordSet> beside = ofName.stream().filter(r -> r.type().equals(set.type())).toList();
    String named = "RRSet with DNS name %s, type %s".formatted(set.name(), set.type());
    if (set.setIdentifier() == null) {
      return beside.size() == 1
          ? Optional.empty()
          : Optional.of(
              named + " cannot be created as other RRSets exist with the same name and type.");
    }
    String identified = named + ", SetIdentifier " + set.setIdentifier() + " cannot be created as ";
    if (beside.stream().anyMatch(other -> other.weight() == null)) {
      return Optional.of(identified + "a non-weighted set exists with the same name and type.");
    }
    if (beside.stream().anyMatch(other -> differs(other, set))) {
      return Optional.of(identified + "weighted sets must contain the same TTL.");
    }
    return beside.size() <= MOST
        ? Optional.empty()
        : Optional.of(identified + "only " + MOST + " weighted sets may have one name and type.");
  }

  /** An alias takes its target's TTL and stands beside any. */
  private static boolean differs(RecordSet one, RecordSet other) {
    return one.ttl() != null && other.ttl() != null && !Objects.equals(one.ttl(), other.ttl());
  }
}

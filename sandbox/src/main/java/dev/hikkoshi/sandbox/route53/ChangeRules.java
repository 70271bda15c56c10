package dev.hikkoshi.sandbox.route53;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes AWS refuse a change batch with {@code InvalidChangeBatch}. Pure: a zone's record sets
 * and a batch in, the record sets after it or all problems out. The whole batch holds or nothing of
 * it ("ChangeResourceRecordSets", API_ChangeResourceRecordSets.html: "the change batch is
 * transactional").
 */
final class ChangeRules {

  /** "Number of ResourceRecord elements" and "value characters" of one request. */
  static final int MAX_ELEMENTS = 1000;

  static final int MAX_CHARACTERS = 32_000;

  private final HostedZone zone;
  private final AliasTargets targets;
  private final String balancerSuffix;
  private final SortedMap<RecordSet.Key, RecordSet> records;
  private final Map<RecordSet.Key, Change.Action> seen = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ChangeRules(ZoneState state, AliasTargets targets, String balancerSuffix) {
    this.zone = state.zone();
    this.targets = targets;
    this.balancerSuffix = balancerSuffix;
    this.records = new TreeMap<>(state.byKey());
  }

  /**
   * What became of a batch.
   *
   * @param records the zone's record sets after it; meaningless where there are problems
   * @param problems in the order found; empty where the batch is accepted
   */
  record Result(Collection<RecordSet> records, List<String> problems) {}

  /**
   * Judges a batch and applies it to a copy.
   *
   * @param balancerSuffix how the names of the region's load balancers end
   */
  static Result apply(
      ZoneState state, List<Change> batch, AliasTargets targets, String balancerSuffix) {
    ChangeRules rules = new ChangeRules(state, targets, balancerSuffix);
    rules.size(batch);
    if (rules.problems.isEmpty()) {
      batch.forEach(rules::apply);
      rules.whole(batch);
    }
    return new Result(rules.records.values(), List.copyOf(rules.problems));
  }

  /** "UPSERT counts twice" (DNSLimitations.html, quotas on ChangeResourceRecordSets requests). */
  private void size(List<Change> batch) {
    int elements = 0;
    int characters = 0;
    for (Change change : batch) {
      int times = change.action() == Change.Action.UPSERT ? 2 : 1;
      elements += times * Math.max(1, change.set().values().size());
      characters += times * change.set().values().stream().mapToInt(String::length).sum();
    }
    if (elements > MAX_ELEMENTS) {
      problems.add("Number of records limit of " + MAX_ELEMENTS + " exceeded.");
    }
    if (characters > MAX_CHARACTERS) {
      problems.add("Number of characters limit of " + MAX_CHARACTERS + " exceeded.");
    }
  }

  private void apply(Change change) {
    RecordSet set = change.set();
    Change.Action before = seen.put(set.key(), change.action());
    if (before != null && !(before == Change.Action.DELETE && change.action() != before)) {
      problems.add(
          "The request contains an invalid set of changes for a resource record set '%s %s'"
              .formatted(set.type(), set.name()));
      return;
    }
    if (!DnsName.within(set.name(), zone.name())) {
      problems.add(
          "RRSet with DNS name %s is not permitted in zone %s".formatted(set.name(), zone.name()));
      return;
    }
    switch (change.action()) {
      case DELETE -> delete(set);
      case CREATE -> {
        if (records.containsKey(set.key())) {
          problems.add("Tried to create %s but it already exists".formatted(label(set)));
        } else {
          put(set);
        }
      }
      case UPSERT -> put(set);
    }
  }

  private void delete(RecordSet set) {
    RecordSet live = records.get(set.key());
    if (live == null) {
      problems.add("Tried to delete %s but it was not found".formatted(label(set)));
    } else if (!same(live, set)) {
      problems.add(
          "Tried to delete %s but the values provided do not match the current values"
              .formatted(label(set)));
    } else {
      records.remove(set.key());
    }
  }

  /** Values are a set: their order tells nothing. */
  private static boolean same(RecordSet live, RecordSet sent) {
    return new TreeSet<>(live.values()).equals(new TreeSet<>(sent.values()))
        && live.equals(
            new RecordSet(
                sent.name(),
                sent.type(),
                sent.setIdentifier(),
                sent.weight(),
                sent.ttl(),
                live.values(),
                sent.alias()));
  }

  private void put(RecordSet set) {
    set.values().forEach(value -> RecordValues.problem(set.type(), value).ifPresent(problems::add));
    if (new TreeSet<>(set.values()).size() < set.values().size()) {
      problems.add("Duplicate Resource Record: '%s'".formatted(duplicate(set.values())));
    }
    if (set.type().equals("CNAME") && set.values().size() > 1) {
      problems.add(
          "RRSet of type CNAME with DNS name %s has more than one value".formatted(set.name()));
    }
    AliasTarget alias = set.alias();
    if (alias != null) {
      alias(set, alias);
    }
    records.put(set.key(), set);
  }

  private static String duplicate(List<String> values) {
    return values.stream()
        .filter(value -> values.indexOf(value) != values.lastIndexOf(value))
        .findFirst()
        .orElseThrow();
  }

  private void alias(RecordSet set, AliasTarget alias) {
    String tried =
        "Tried to create an alias that targets %s, type %s in zone %s, but "
            .formatted(alias.dnsName(), set.type(), alias.hostedZoneId());
    if (alias.hostedZoneId().equals(zone.id())) {
      if (!DnsName.within(alias.dnsName(), zone.name())) {
        problems.add(tried + "the alias target name does not lie within the target zone");
      }
      return; // whether it exists is asked of the whole batch
    }
    boolean balancer = set.type().equals("A") || set.type().equals("AAAA");
    if (!DnsName.within(alias.target(), balancerSuffix)) {
      problems.add(tried + "the alias target name does not lie within the target zone");
    } else if (!balancer
        || targets
            .find(alias.target())
            .filter(found -> found.hostedZoneId().equals(alias.hostedZoneId()))
            .isEmpty()) {
      problems.add(tried + "that target was not found");
    }
  }

  /** What can only be said of the record sets after the last change. */
  private void whole(List<Change> batch) {
    Map<String, List<RecordSet>> byName = new HashMap<>();
    records.values().forEach(r -> byName.computeIfAbsent(r.name(), n -> new ArrayList<>()).add(r));
    batch.stream()
        .filter(change -> change.action() != Change.Action.DELETE)
        .map(Change::set)
        .distinct()
        .filter(set -> DnsName.within(set.name(), zone.name()))
        .forEach(
            set -> {
              List<RecordSet> beside = byName.getOrDefault(set.name(), List.of());
              cname(set, beside);
              WeightedSetRules.check(set, beside).ifPresent(problems::add);
              aliasInZone(set);
            });
    apex();
  }

  private void cname(RecordSet set, List<RecordSet> beside) {
    if (set.type().equals("CNAME") && set.name().equals(zone.name())) {
      problems.add(
          "RRSet of type CNAME with DNS name %s is not permitted at apex in zone %s"
              .formatted(set.name(), zone.name()));
      return;
    }
    boolean here = set.type().equals("CNAME");
    for (RecordSet other : beside) {
      if (here != other.type().equals("CNAME")) {
        problems.add(
            here
                ? "RRSet of type CNAME with DNS name %s is not permitted as it conflicts with other records with the same DNS name in zone %s"
                    .formatted(set.name(), zone.name())
                : "RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone %s"
                    .formatted(set.type(), set.name(), zone.name()));
        return;
      }
    }
  }

  private void aliasInZone(RecordSet set) {
    AliasTarget alias = set.alias();
    if (alias == null || !alias.hostedZoneId().equals(zone.id())) {
      return;
    }
    boolean found =
        records.values().stream()
            .anyMatch(r -> r.name().equals(alias.dnsName()) && r.type().equals(set.type()));
    if (!found && DnsName.within(alias.dnsName(), zone.name())) {
      problems.add(
          "Tried to create an alias that targets %s, type %s in zone %s, but that target was not found"
              .formatted(alias.dnsName(), set.type(), zone.id()));
    }
  }

  private void apex() {
    if (!records.containsKey(new RecordSet.Key(zone.name(), "SOA", ""))) {
      problems.add("A HostedZone must contain exactly one SOA record.");
    }
    if (!records.containsKey(new RecordSet.Key(zone.name(), "NS", ""))) {
      problems.add("A HostedZone must contain at least one NS record for the zone itself.");
    }
  }

  private static String label(RecordSet set) {
    String identifier =
        set.setIdentifier() == null ? "" : ", set-identifier='" + set.setIdentifier() + "'";
    return "resource record set [name='%s', type='%s'%s]"
        .formatted(set.name(), set.type(), identifier);
  }
}

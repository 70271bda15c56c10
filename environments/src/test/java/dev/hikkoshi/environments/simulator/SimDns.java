package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Route 53: a batch is all or nothing, a DELETE must match in every value, INSYNC comes later. */
class SimDns implements DnsGateway {

  private static final int MOST_WEIGHT = 255;

  final World world;
  final Faults faults;
  final Watch invariants;

  SimDns(World world, Faults faults, Watch invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
  }

  @Override
  public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
    return faults.read(
        Service.DNS,
        "records of " + recordName,
        () -> {
          boolean stale =
              world.dns.writtenAt.isAfter(Instant.MIN) && faults.stale(world.dns.writtenAt);
          world.dns.stale = stale;
          List<RecordSeen> shown = stale ? world.dns.before : world.dns.records;
          return new DnsRouteSeen("Z1", named(shown, recordName), new Ttl(DnsRoute.TTL, false));
        });
  }

  private static List<RecordSeen> named(List<RecordSeen> records, String name) {
    return records.stream()
        .filter(r -> r.name().equals(name))
        .sorted(
            Comparator.comparing(RecordSeen::type).thenComparing(r -> r.setIdentifier().orElse("")))
        .toList();
  }

  @Override
  public Observation<List<OwnerMark>> marks(Zone zone, String recordName, String resource) {
    return faults.read(Service.DNS, "marks of " + recordName, () -> world.dns.marks);
  }

  @Override
  public Outcome change(
      Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
    invariants.intended("weights web");
    return faults.write(
        () -> {
          if (creates.stream().anyMatch(r -> r.weight().orElse(0) > MOST_WEIGHT)) {
            return new Outcome.Refused("InvalidInput", "a weight is 0 to " + MOST_WEIGHT);
          }
          List<RecordSeen> next = new ArrayList<>(world.dns.records);
          for (RecordSeen delete : deletes) {
            if (!next.remove(delete)) {
              return new Outcome.Changed(
                  "InvalidChangeBatch: the values do not match those of " + set(delete));
            }
          }
          for (RecordSeen create : creates) {
            boolean exists = next.stream().anyMatch(r -> excludes(r, create));
            if (exists) {
              return new Outcome.Changed("InvalidChangeBatch: it already exists: " + set(create));
            }
            next.add(create);
          }
          Sides before = world.dns.sides();
          boolean foreign = world.dns.foreign;
          // Route 53 compares the records that a change names, and none that is beside them.
          boolean deceived = foreign && (world.dns.stale || world.late);
          String id = world.dns.write(next, false);
          if (!deceived) {
            invariants.weightsWritten(true, before, world.dns.sides(), foreign);
          }
          return Outcome.done("r", "changeId", id);
        });
  }

  private static String set(RecordSeen record) {
    String set = record.setIdentifier().map(" "::concat).orElse("");
    return record.name() + " " + record.type() + set;
  }

  /** The same set, or a simple one beside a weighted one of the same name and type. */
  private static boolean excludes(RecordSeen there, RecordSeen create) {
    return there.name().equals(create.name())
        && there.type().equals(create.type())
        && (there.setIdentifier().equals(create.setIdentifier())
            || there.setIdentifier().isEmpty()
            || create.setIdentifier().isEmpty());
  }

  @Override
  public Observation<Boolean> insync(Zone zone, String changeId) {
    return faults.read(Service.DNS, changeId, () -> world.dns.insync(changeId));
  }

  @Override
  public Observation<Measured> sample(
      Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries) {
    return faults.read(
        Service.DNS,
        "answers",
        () -> {
          world.dns.sampled = world.time.instant();
          Sides sides = world.dns.history.at(world.time.instant());
          Map<String, Long> counts = new HashMap<>();
          long left = queries;
          double rest = 1;
          for (var side : sides.of().entrySet()) {
            double share = sides.share(side.getKey());
            long hits = rest <= 0 ? 0 : world.drawn(left, Math.min(1, share / rest));
            left -= hits;
            rest -= share;
            counts.merge(
                clusterByBalancer.getOrDefault(side.getValue().target(), ""), hits, Long::sum);
          }
          return new Measured(
              Measured.Unit.ANSWERS, counts, world.time.instant(), world.time.instant());
        });
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> balancerNames) {
    invariants.searched();
    return faults.read(
        Service.DNS,
        "all records",
        () ->
            world.dns.records.stream()
                .filter(
                    r ->
                        r.alias()
                            .map(AliasSeen::dnsName)
                            .filter(balancerNames::contains)
                            .isPresent())
                .map(
                    r ->
                        new Reference(
                            (r.name() + " " + r.setIdentifier().orElse("")).strip(),
                            r.alias().map(AliasSeen::dnsName).orElse(""),
                            r.weight().orElse(-1)))
                .toList());
  }
}

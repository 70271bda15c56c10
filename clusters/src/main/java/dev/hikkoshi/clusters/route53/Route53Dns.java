package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Route 53 through the SDK, and its name servers through DNS itself. Thread-safe.
 *
 * <p>Zones are found by exact name; where two have it (a public and a private one) the zone's id
 * takes the place of the name. All calls of one account keep one pace of five a second, so that
 * Route 53 throttles neither us nor those who share the account.
 */
public final class Route53Dns implements DnsGateway {

  private final AwsClients aws;
  private final NameServers servers;
  private final InstantSource clock;
  private final ZoneMarks marks;
  private final Map<Optional<String>, Account> accounts = new ConcurrentHashMap<>();

  /**
   * Nothing is called yet.
   *
   * @param servers whom to ask for answers; see {@link DnsServers}
   */
  public Route53Dns(AwsClients aws, DnsServers servers, InstantSource clock) {
    this.aws = aws;
    this.servers = new NameServers(servers);
    this.clock = clock;
    this.marks = new ZoneMarks(clock);
  }

  private Account account(Optional<String> role) {
    return accounts.computeIfAbsent(role, r -> new Account(aws, r, Pace.ofRoute53()));
  }

  @Override
  public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
    Account account = account(zone.role());
    return account
        .zone(zone)
        .flatMap(
            hosted ->
                RecordSets.ofName(account, hosted.id(), recordName)
                    .map(
                        sets -> {
                          List<RecordSeen> records = sorted(sets);
                          return new DnsRouteSeen(
                              hosted.id(), records, servers.ttl(hosted, recordName, records));
                        }));
  }

  private static List<RecordSeen> sorted(List<ResourceRecordSet> sets) {
    return sets.stream()
        .map(Shapes::seen)
        .sorted(
            Comparator.comparing(RecordSeen::type)
                .thenComparing(record -> record.setIdentifier().orElse("")))
        .toList();
  }

  @Override
  public Observation<List<OwnerMark>> marks(Zone zone, String recordName, String resource) {
    Account account = account(zone.role());
    return account
        .zone(zone)
        .flatMap(hosted -> marks.of(account, hosted, RecordNames.plain(recordName), resource));
  }

  @Override
  public Outcome change(
      Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
    return new Changes(account(zone.role()), zoneId).write(deletes, creates);
  }

  @Override
  public Observation<Boolean> insync(Zone zone, String changeId) {
    return AwsFailures.look(
        "change " + changeId,
        () ->
            Observation.known(
                account(zone.role()).reads().getChange(r -> r.id(changeId)).changeInfo().status()
                    == ChangeStatus.INSYNC));
  }

  @Override
  public Observation<Measured> sample(
      Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries) {
    Instant from = clock.instant();
    return account(zone.role())
        .zone(zone)
        .flatMap(hosted -> servers.sample(hosted, recordName, clusterByBalancer, queries))
        .map(counts -> new Measured(Measured.Unit.ANSWERS, counts, from, clock.instant()));
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> balancerNames) {
    Set<String> wanted = new java.util.HashSet<>();
    balancerNames.forEach(name -> wanted.add(RecordNames.balancer(name)));
    List<Reference> found = new ArrayList<>();
    for (Optional<String> role : roles) {
      Account account = account(role);
      switch (account.zones()) {
        case Unknown<List<Account.Hosted>> unknown -> {
          return unknown.retyped();
        }
        case Known<List<Account.Hosted>>(List<Account.Hosted> zones) -> {
          for (Account.Hosted zone : zones) {
            switch (RecordSets.ofZone(account, zone)) {
              case Unknown<List<ResourceRecordSet>> unknown -> {
                return unknown.retyped();
              }
              case Known<List<ResourceRecordSet>>(List<ResourceRecordSet> sets) ->
                  sets.forEach(set -> found.addAll(references(zone, Shapes.seen(set), wanted)));
            }
          }
        }
      }
    }
    return Observation.known(found.stream().distinct().toList());
  }

  /** What a set points at: its alias, or any name in its values (CNAME, HTTPS, SRV). */
  private static List<Reference> references(
      Account.Hosted zone, RecordSeen record, Set<String> wanted) {
    Stream<String> targets =
        Stream.concat(
            record.alias().stream().map(alias -> alias.dnsName()),
            record.values().stream()
                .flatMap(value -> Arrays.stream(value.split("\\s+", -1)))
                .map(RecordNames::balancer));
    String where =
        "%s (%s) %s %s %s"
            .formatted(
                zone.name(),
                zone.id(),
                record.name(),
                record.type(),
                record.setIdentifier().orElse(""));
    return targets
        .filter(wanted::contains)
        .map(target -> new Reference(where.strip(), target, record.weight().orElse(-1)))
        .toList();
  }
}

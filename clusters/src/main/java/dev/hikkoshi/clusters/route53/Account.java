package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.DelegationSet;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** The zones of the account that a role leads to. Its calls keep one pace. */
final class Account {

  /** More zones than that are not listed: the quota is 500 unless AWS raised it. */
  private static final int MOST_PAGES = 100;

  private static final Pattern ID = Pattern.compile("Z[A-Z0-9]{1,31}");

  private final AwsClients aws;
  private final Optional<String> role;
  private final Pace pace;
  private final Map<String, Hosted> known = new ConcurrentHashMap<>();

  /**
   * A hosted zone.
   *
   * @param name plain
   * @param servers names of its authoritative servers; none for a private zone, whose answers are
   *     given by each VPC's resolver
   */
  record Hosted(String id, String name, List<String> servers) {

    Hosted {
      servers = List.copyOf(servers);
    }
  }

  Account(AwsClients aws, Optional<String> role, Pace pace) {
    this.aws = aws;
    this.role = role;
    this.pace = pace;
  }

  /** The reading client, when it is our turn. */
  Route53Client reads() {
    pace.take();
    return aws.route53(role);
  }

  /** The writing client, when it is our turn. */
  Route53Client writes() {
    pace.take();
    return aws.route53Writes(role);
  }

  /**
   * The zone of that name, or of that id where a name does not suffice: a public and a private zone
   * often share one. What the name means is asked once; a zone that is gone is forgotten.
   */
  Observation<Hosted> zone(Zone zone) {
    Hosted before = known.get(zone.name());
    if (before != null) {
      return Observation.known(before);
    }
    String what = "hosted zone " + zone.name();
    return AwsFailures.look(
        what,
        () ->
            (ID.matcher(zone.name()).matches()
                    ? Observation.known(zone.name())
                    : idOf(what, RecordNames.plain(zone.name())))
                .flatMap(id -> Observation.known(described(id)))
                .map(
                    hosted -> {
                      known.put(zone.name(), hosted);
                      return hosted;
                    }));
  }

  private Observation<String> idOf(String what, String name) {
    List<HostedZone> named =
        reads().listHostedZonesByName(r -> r.dnsName(RecordNames.kept(name))).hostedZones().stream()
            .filter(z -> RecordNames.plain(z.name()).equals(name))
            .toList();
    return switch (named.size()) {
      case 0 -> Observation.unknown(what, "there is none of that name");
      case 1 -> Observation.known(bare(named.getFirst().id()));
      default ->
          Observation.unknown(
              what,
              "%d zones have that name, write the id of one: %s"
                  .formatted(named.size(), named.stream().map(Account::label).toList()));
    };
  }

  private static String label(HostedZone zone) {
    boolean closed = zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
    return bare(zone.id()) + (closed ? " (private)" : " (public)");
  }

  private Hosted described(String id) {
    GetHostedZoneResponse answer = reads().getHostedZone(r -> r.id(id));
    DelegationSet servers = answer.delegationSet();
    return new Hosted(
        id,
        RecordNames.plain(answer.hostedZone().name()),
        servers == null ? List.of() : servers.nameServers());
  }

  /** Called where a zone that was known is not there any more. */
  void forget(String zoneId) {
    known.values().removeIf(hosted -> hosted.id().equals(zoneId));
  }

  /** Forgets the zone and tells on. */
  NoSuchHostedZoneException gone(String zoneId, NoSuchHostedZoneException e) {
    forget(zoneId);
    return e;
  }

  /** Every zone of the account. */
  Observation<List<Hosted>> zones() {
    String what = "hosted zones of " + role.orElse("our own account");
    return AwsFailures.look(
        what,
        () -> {
          List<Hosted> all = new ArrayList<>();
          ListHostedZonesRequest request = ListHostedZonesRequest.builder().build();
          for (int page = 0; page < MOST_PAGES; page++) {
            ListHostedZonesResponse answer = reads().listHostedZones(request);
            answer
                .hostedZones()
                .forEach(
                    z -> all.add(new Hosted(bare(z.id()), RecordNames.plain(z.name()), List.of())));
            if (!Boolean.TRUE.equals(answer.isTruncated())) {
              return Observation.known(List.copyOf(all));
            }
            request = ListHostedZonesRequest.builder().marker(answer.nextMarker()).build();
          }
          return Observation.unknown(what, "there are more than " + all.size());
        });
  }

  /** The id without the path that Route 53 writes before it. */
  static String bare(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}

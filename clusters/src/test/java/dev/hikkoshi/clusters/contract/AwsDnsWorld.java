package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A fresh zone in a region, and the adapter: one for all worlds, because it keeps the pace. */
final class AwsDnsWorld implements DnsWorld {

  private final AwsRegion region;
  private final Map<Trait, String> lacking;
  private final Route53Client route53;
  private final Zone zone;
  private final String zoneId;
  private final Map<String, AliasSeen> balancers = new TreeMap<>();
  private final List<String> balancerArns = new ArrayList<>();
  private final DnsGateway gateway;

  AwsDnsWorld(
      AwsRegion region, DnsGateway gateway, List<String> subnets, Map<Trait, String> lacking) {
    this.region = region;
    this.gateway = gateway;
    this.lacking = lacking;
    // The client that retries: the sandbox throttles as Route 53 does.
    this.route53 = region.byHand.route53(Optional.empty());
    int number = AwsRegion.number();
    zone = new Zone("t%d.example".formatted(number), Optional.empty());
    zoneId =
        route53
            .createHostedZone(
                r -> r.name(zone.name()).callerReference(UUID.randomUUID().toString()))
            .hostedZone()
            .id();
    for (String cluster : List.of("old", "new")) {
      LoadBalancer made = region.balancer("%s-dns-%d".formatted(cluster, number), subnets);
      balancerArns.add(made.loadBalancerArn());
      balancers.put(
          cluster,
          new AliasSeen(
              made.canonicalHostedZoneId(), made.dnsName().toLowerCase(Locale.ROOT), true));
    }
  }

  @Override
  public DnsGateway gateway() {
    return gateway;
  }

  @Override
  public Zone zone() {
    return zone;
  }

  @Override
  public Map<String, AliasSeen> balancers() {
    return balancers;
  }

  @Override
  public void createByHand(List<RecordSeen> records, String aliasPrefix) {
    List<Change> changes =
        records.stream()
            .map(
                record ->
                    Change.builder()
                        .action(ChangeAction.CREATE)
                        .resourceRecordSet(set(record, aliasPrefix))
                        .build())
            .toList();
    route53.changeResourceRecordSets(
        r -> r.hostedZoneId(zoneId).changeBatch(b -> b.changes(changes)));
  }

  private static ResourceRecordSet set(RecordSeen record, String aliasPrefix) {
    ResourceRecordSet.Builder set =
        ResourceRecordSet.builder()
            .name(record.name())
            .type(record.type())
            .ttl(record.ttl().orElse(null))
            .setIdentifier(record.setIdentifier().orElse(null))
            .weight(record.weight().isPresent() ? (Long) (long) record.weight().getAsInt() : null);
    record
        .alias()
        .ifPresent(
            alias ->
                set.aliasTarget(
                    t ->
                        t.hostedZoneId(alias.hostedZoneId())
                            .dnsName(aliasPrefix + alias.dnsName())
                            .evaluateTargetHealth(alias.evaluateTargetHealth())));
    if (!record.values().isEmpty()) {
      set.resourceRecords(
          record.values().stream().map(v -> ResourceRecord.builder().value(v).build()).toList());
    }
    return set.build();
  }

  @Override
  public void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<String> lacks(Trait trait) {
    return Optional.ofNullable(lacking.get(trait));
  }

  /** The zone goes: listings of the whole account are judged by the next test. */
  @Override
  public void close() {
    List<Change> changes =
        route53
            .listResourceRecordSetsPaginator(r -> r.hostedZoneId(zoneId))
            .resourceRecordSets()
            .stream()
            .filter(set -> !Set.of("NS", "SOA").contains(set.typeAsString()))
            .map(set -> Change.builder().action(ChangeAction.DELETE).resourceRecordSet(set).build())
            .toList();
    if (!changes.isEmpty()) {
      route53.changeResourceRecordSets(
          r -> r.hostedZoneId(zoneId).changeBatch(b -> b.changes(changes)));
    }
    route53.deleteHostedZone(r -> r.id(zoneId));
    balancerArns.forEach(arn -> region.elb().deleteLoadBalancer(r -> r.loadBalancerArn(arn)));
  }
}

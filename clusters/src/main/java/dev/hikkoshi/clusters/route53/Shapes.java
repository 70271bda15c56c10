package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Record sets of the SDK as the core sees them, and back. */
final class Shapes {

  private Shapes() {}

  static RecordSeen seen(ResourceRecordSet set) {
    AliasTarget alias = set.aliasTarget();
    return new RecordSeen(
        RecordNames.plain(set.name()),
        set.typeAsString(),
        Optional.ofNullable(set.setIdentifier()),
        set.weight() == null ? OptionalInt.empty() : OptionalInt.of(set.weight().intValue()),
        policy(set),
        Optional.ofNullable(alias).map(Shapes::seen),
        Optional.ofNullable(set.ttl()),
        set.resourceRecords().stream().map(ResourceRecord::value).toList(),
        Optional.ofNullable(set.healthCheckId()));
  }

  private static AliasSeen seen(AliasTarget alias) {
    return new AliasSeen(
        alias.hostedZoneId(),
        RecordNames.balancer(alias.dnsName()),
        Boolean.TRUE.equals(alias.evaluateTargetHealth()));
  }

  /** What makes a set more than simple or weighted; such a set is never written by us. */
  private static Optional<String> policy(ResourceRecordSet set) {
    if (set.trafficPolicyInstanceId() != null) {
      return Optional.of("traffic policy");
    }
    if (set.failover() != null) {
      return Optional.of("failover");
    }
    if (set.region() != null) {
      return Optional.of("latency");
    }
    if (set.geoLocation() != null) {
      return Optional.of("geolocation");
    }
    if (set.geoProximityLocation() != null) {
      return Optional.of("geoproximity");
    }
    if (set.cidrRoutingConfig() != null) {
      return Optional.of("IP-based");
    }
    return Optional.ofNullable(set.multiValueAnswer())
        .filter(yes -> yes)
        .map(_ -> "multivalue answer");
  }

  /**
   * A set to be created. Where it points at the same load balancer as one that it takes the place
   * of, the name is kept as it was written there ({@code dualstack.} or not).
   */
  static ResourceRecordSet fresh(RecordSeen record, List<ResourceRecordSet> replaced) {
    ResourceRecordSet.Builder set =
        ResourceRecordSet.builder()
            .name(RecordNames.kept(record.name()))
            .type(RRType.fromValue(record.type()))
            .setIdentifier(record.setIdentifier().orElse(null))
            .weight(record.weight().isPresent() ? (Long) (long) record.weight().getAsInt() : null)
            .ttl(record.ttl().orElse(null))
            .healthCheckId(record.healthCheckId().orElse(null));
    if (!record.values().isEmpty()) {
      set.resourceRecords(
          record.values().stream().map(v -> ResourceRecord.builder().value(v).build()).toList());
    }
    record.alias().ifPresent(alias -> set.aliasTarget(alias(record, alias, replaced)));
    return set.build();
  }

  private static AliasTarget alias(
      RecordSeen record, AliasSeen alias, List<ResourceRecordSet> replaced) {
    return AliasTarget.builder()
        .hostedZoneId(alias.hostedZoneId())
        .dnsName(
            replaced.stream()
                .filter(set -> set.typeAsString().equals(record.type()))
                .map(ResourceRecordSet::aliasTarget)
                .filter(before -> leadsTo(before, alias))
                .map(AliasTarget::dnsName)
                .findFirst()
                .orElse(alias.dnsName()))
        .evaluateTargetHealth(alias.evaluateTargetHealth())
        .build();
  }

  private static boolean leadsTo(@Nullable AliasTarget before, AliasSeen alias) {
    return before != null && seen(before).dnsName().equals(alias.dnsName());
  }
}

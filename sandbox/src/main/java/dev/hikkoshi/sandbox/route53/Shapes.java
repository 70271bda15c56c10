package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How zones, changes and record sets look in an answer. */
final class Shapes {

  private Shapes() {}

  static void zone(Xml xml, ZoneState state) {
    xml.element("HostedZone", zone -> members(zone, state));
  }

  static void members(Xml xml, ZoneState state) {
    HostedZone zone = state.zone();
    xml.text("Id", "/hostedzone/" + zone.id())
        .text("Name", zone.name())
        .text("CallerReference", zone.callerReference())
        .element("Config", c -> c.text("Comment", zone.comment()).text("PrivateZone", false))
        .text("ResourceRecordSetCount", state.current().size());
  }

  static void delegation(Xml xml) {
    xml.element(
        "DelegationSet",
        set ->
            set.texts(
                "NameServers",
                "NameServer",
                NameServers.NAMES.stream().map(n -> n.substring(0, n.length() - 1)).toList()));
  }

  static void change(Xml xml, ChangeInfo change, Instant now) {
    xml.element(
        "ChangeInfo",
        info ->
            info.text("Id", "/change/" + change.id())
                .text("Status", change.status(now))
                .text("SubmittedAt", change.submittedAt().truncatedTo(ChronoUnit.MILLIS))
                .text("Comment", change.comment()));
  }

  static void record(Xml xml, RecordSet set) {
    xml.text("Name", set.name())
        .text("Type", set.type())
        .text("SetIdentifier", set.setIdentifier())
        .text("Weight", set.weight())
        .text("TTL", set.ttl());
    if (!set.values().isEmpty()) {
      xml.list("ResourceRecords", "ResourceRecord", set.values(), (r, v) -> r.text("Value", v));
    }
    AliasTarget alias = set.alias();
    if (alias != null) {
      xml.element(
          "AliasTarget",
          target ->
              target
                  .text("HostedZoneId", alias.hostedZoneId())
                  .text("DNSName", alias.dnsName())
                  .text("EvaluateTargetHealth", alias.evaluateTargetHealth()));
    }
  }
}

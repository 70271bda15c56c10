package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.Xml;
import java.util.Comparator;
import java.util.List;

/** The paged lists, each with AWS's own markers. */
final class Listings {

  private static final Comparator<ZoneState> BY_NAME =
      Comparator.comparing((ZoneState z) -> z.zone().name(), DnsName.ORDER)
          .thenComparing(z -> z.zone().id());

  private final Route53 engine;

  Listings(Route53 engine) {
    this.engine = engine;
  }

  private record Page<T>(List<T> items, List<T> rest) {

    static <T> Page<T> of(List<T> all, int most) {
      int end = Math.min(most, all.size());
      return new Page<>(all.subList(0, end), all.subList(end, all.size()));
    }
  }

  /** ListHostedZones: pages begin at the zone whose id is the marker. */
  void zones(AwsRequest request, Xml xml) {
    int most = maxItems(request, 100);
    List<ZoneState> all = engine.zones();
    String marker = request.query("marker").orElse("");
    if (!marker.isEmpty()) {
      int from = all.indexOf(engine.zone(marker));
      all = all.subList(from, all.size());
    }
    Page<ZoneState> page = Page.of(all, most);
    xml.list("HostedZones", "HostedZone", page.items(), Shapes::members);
    xml.text("Marker", marker);
    xml.text("IsTruncated", !page.rest().isEmpty());
    page.rest().stream().findFirst().ifPresent(next -> xml.text("NextMarker", next.zone().id()));
    xml.text("MaxItems", most);
  }

  /** ListHostedZonesByName: by name with the labels reversed, beginning at dnsname. */
  void zonesByName(AwsRequest request, Xml xml) {
    int most = maxItems(request, 100);
    String from = request.query("dnsname").map(BatchReader::kept).orElse("");
    String id = request.query("hostedzoneid").orElse("");
    List<ZoneState> all =
        engine.zones().stream().sorted(BY_NAME).filter(z -> reached(z, from, id)).toList();
    Page<ZoneState> page = Page.of(all, most);
    xml.list("HostedZones", "HostedZone", page.items(), Shapes::members);
    request.query("dnsname").ifPresent(name -> xml.text("DNSName", name));
    request.query("hostedzoneid").ifPresent(zone -> xml.text("HostedZoneId", zone));
    xml.text("IsTruncated", !page.rest().isEmpty());
    page.rest().stream()
        .findFirst()
        .ifPresent(
            next ->
                xml.text("NextDNSName", next.zone().name())
                    .text("NextHostedZoneId", next.zone().id()));
    xml.text("MaxItems", most);
  }

  private static boolean reached(ZoneState zone, String name, String id) {
    if (name.isEmpty()) {
      return true;
    }
    int order = DnsName.ORDER.compare(zone.zone().name(), name);
    return order > 0 || order == 0 && zone.zone().id().compareTo(id) >= 0;
  }

  /** ListResourceRecordSets: begins at name, type and identifier, each only with those before. */
  void records(ZoneState zone, AwsRequest request, Xml xml) {
    int most = maxItems(request, 300);
    String name = request.query("name").filter(n -> !n.isEmpty()).map(BatchReader::kept).orElse("");
    String type = request.query("type").orElse("");
    String identifier = request.query("identifier").orElse("");
    if (!type.isEmpty() && name.isEmpty()) {
      throw new AwsException(
          400, "InvalidInput", "The input is not valid: type was specified without name");
    }
    if (!identifier.isEmpty() && type.isEmpty()) {
      throw new AwsException(
          400, "InvalidInput", "The input is not valid: identifier was specified without type");
    }
    var from = new RecordSet.Key(name, type, identifier);
    List<RecordSet> all =
        zone.byKey().values().stream()
            .filter(set -> name.isEmpty() || set.key().compareTo(from) >= 0)
            .toList();
    Page<RecordSet> page = Page.of(all, most);
    xml.list("ResourceRecordSets", "ResourceRecordSet", page.items(), Shapes::record);
    xml.text("IsTruncated", !page.rest().isEmpty());
    page.rest().stream()
        .findFirst()
        .ifPresent(
            next ->
                xml.text("NextRecordName", next.name())
                    .text("NextRecordType", next.type())
                    .text("NextRecordIdentifier", next.setIdentifier()));
    xml.text("MaxItems", most);
  }

  private static int maxItems(AwsRequest request, int most) {
    String text = request.query("maxitems").filter(t -> !t.isEmpty()).orElse("" + most);
    try {
      int asked = Integer.parseInt(text);
      if (asked < 1) {
        throw new NumberFormatException(text);
      }
      return Math.min(asked, most);
    } catch (NumberFormatException e) {
      throw new AwsException(400, "InvalidInput", "Invalid value for MaxItems: '" + text + "'");
    }
  }
}

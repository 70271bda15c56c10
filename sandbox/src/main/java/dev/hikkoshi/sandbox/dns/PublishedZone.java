package dev.hikkoshi.sandbox.dns;

import dev.hikkoshi.sandbox.route53.DnsName;
import dev.hikkoshi.sandbox.route53.HostedZone;
import dev.hikkoshi.sandbox.route53.RecordSet;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Record;

/**
 * A zone as its name servers know it at an instant.
 *
 * @param sets what is INSYNC; empty while the zone itself is not
 */
record PublishedZone(HostedZone zone, List<RecordSet> sets) {

  String id() {
    return zone.id();
  }

  String name() {
    return zone.name();
  }

  /** The sets of a name and a type, or those of the wildcard that stands for the name. */
  List<RecordSet> sets(String name, String type) {
    return ofName(name).stream().filter(set -> set.type().equals(type)).toList();
  }

  /** Whether the name has sets of any type, or is above a name that has. */
  boolean exists(String name) {
    return !ofName(name).isEmpty() || sets.stream().anyMatch(s -> s.name().endsWith("." + name));
  }

  /** The NS set at or above the name and below the zone's own name. */
  Optional<RecordSet> delegation(String name) {
    return sets.stream()
        .filter(set -> set.type().equals("NS") && !set.name().equals(zone.name()))
        .filter(set -> DnsName.within(name, set.name()))
        .findFirst();
  }

  /** The zone's SOA record. */
  Optional<Record> soa() {
    return sets(zone.name(), "SOA").stream()
        .findFirst()
        .map(set -> Records.of(set, zone.name()).getFirst());
  }

  private List<RecordSet> ofName(String name) {
    List<RecordSet> found = exactly(name);
    String parent = name;
    while (found.isEmpty() && !parent.equals(zone.name()) && parent.indexOf('.') >= 0) {
      parent = parent.substring(parent.indexOf('.') + 1);
      found = exactly("\\052." + parent);
      if (!exactly(parent).isEmpty()) {
        break; // a name that exists covers what is below it (RFC 4592)
      }
    }
    return found;
  }

  private List<RecordSet> exactly(String name) {
    return sets.stream().filter(set -> set.name().equals(name)).toList();
  }
}

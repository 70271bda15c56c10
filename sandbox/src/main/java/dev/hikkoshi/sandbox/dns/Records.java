package dev.hikkoshi.sandbox.dns;

import dev.hikkoshi.sandbox.route53.DnsName;
import dev.hikkoshi.sandbox.route53.NameServers;
import dev.hikkoshi.sandbox.route53.RecordSet;
import dev.hikkoshi.sandbox.route53.RecordValues;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Record sets as records of the DNS protocol. */
final class Records {

  private static final int OWN_TTL = 60;

  private Records() {}

  /** The records of a set under a name, which is another than the set's own for wildcards. */
  static List<Record> of(RecordSet set, String name) {
    List<Record> records = new ArrayList<>();
    for (String value : set.values()) {
      records.add(record(name, set.type(), ttl(set), value));
    }
    return records;
  }

  static Record address(String name, long ttl, InetAddress address) {
    return new ARecord(name(name), DClass.IN, ttl, address);
  }

  static Record cname(String name, RecordSet set, String target) {
    return new CNAMERecord(name(name), DClass.IN, ttl(set), name(target));
  }

  /** The SOA record of a zone that is the region's own. */
  static Record soa(String zone) {
    String value =
        NameServers.NAMES.getFirst() + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60";
    return record(zone, "SOA", OWN_TTL, value);
  }

  private static long ttl(RecordSet set) {
    return set.ttl() == null ? 0 : set.ttl();
  }

  private static Record record(String name, String type, long ttl, String value) {
    try {
      return RecordValues.record(name, type, ttl, value);
    } catch (IOException e) {
      throw new IllegalStateException("a value that was accepted: " + value, e);
    }
  }

  private static Name name(String name) {
    try {
      return Name.fromString(DnsName.wire(name));
    } catch (TextParseException e) {
      throw new IllegalStateException("a name that was accepted: " + name, e);
    }
  }
}

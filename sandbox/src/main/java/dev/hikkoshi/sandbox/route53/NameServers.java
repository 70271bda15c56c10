package dev.hikkoshi.sandbox.route53;

import java.util.List;

/**
 * The names of the region's name servers. All four are one server of this machine; it answers for
 * their names itself, so that whoever asks it for a zone's NS records can go on from there.
 */
public final class NameServers {

  /** The suffix that no real name has: {@code awsdns.sandbox.} */
  public static final String SUFFIX = "awsdns.sandbox.";

  /** Every zone's four name servers. */
  public static final List<String> NAMES =
      List.of("ns-1." + SUFFIX, "ns-2." + SUFFIX, "ns-3." + SUFFIX, "ns-4." + SUFFIX);

  private NameServers() {}

  /** The records a new zone has: SOA and NS as AWS makes them. */
  static List<RecordSet> of(String zone) {
    String soa = NAMES.getFirst() + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";
    return List.of(
        RecordSet.simple(zone, "NS", 172_800, NAMES),
        RecordSet.simple(zone, "SOA", 900, List.of(soa)));
  }
}

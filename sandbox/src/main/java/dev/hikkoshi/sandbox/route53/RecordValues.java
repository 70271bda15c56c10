package dev.hikkoshi.sandbox.route53;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Which record types there are, and whether a value fits its type. */
public final class RecordValues {

  /** The types of the API ("ResourceRecordSet", Type), less those without text form. */
  static final Set<String> TYPES =
      Set.of(
          "SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS",
          "TLSA", "SSHFP", "SVCB", "HTTPS");

  private static final Pattern IPV4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  private RecordValues() {}

  /** What AWS says of a value that does not fit; empty where it fits. */
  static Optional<String> problem(String type, String value) {
    if (type.equals("A") && !IPV4.matcher(value).matches()) {
      return Optional.of(
          fatal("ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)", value));
    }
    try {
      record(DnsName.of("check.invalid"), type, 0, value);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(
          fatal("InvalidResourceRecordData (Value is not valid for type " + type + ")", value));
    }
  }

  private static String fatal(String problem, String value) {
    return "Invalid Resource Record: 'FATAL problem: %s encountered with '%s''"
        .formatted(problem, value);
  }

  /**
   * A value as a record of the DNS protocol.
   *
   * @param name in the kept form of {@link DnsName}
   * @throws IOException where the value does not fit the type
   */
  public static Record record(String name, String type, long ttl, String value) throws IOException {
    Name owner = Name.fromString(DnsName.wire(name));
    return Record.fromString(owner, Type.value(type), DClass.IN, ttl, value, Name.root);
  }
}

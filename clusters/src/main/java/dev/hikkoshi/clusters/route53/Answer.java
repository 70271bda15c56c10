package dev.hikkoshi.clusters.route53;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What one authoritative answer says.
 *
 * @param targets addresses, and names of CNAMEs, that it points at; empty where there is nothing
 * @param ttl seconds that a resolver may hold it; for nothing the negative TTL of RFC 2308
 */
record Answer(Set<String> targets, long ttl) {

  Answer {
    targets = Set.copyOf(targets);
  }

  /** Reads a message; empty when it is no answer of an authority. */
  static Optional<Answer> of(Message message) {
    int code = message.getRcode();
    boolean fine = code == Rcode.NOERROR || code == Rcode.NXDOMAIN;
    if (!fine || !message.getHeader().getFlag(Flags.AA)) {
      return Optional.empty();
    }
    Set<String> targets = new LinkedHashSet<>();
    long ttl = 0;
    for (Record record : message.getSection(Section.ANSWER)) {
      ttl = Math.max(ttl, record.getTTL());
      switch (record) {
        case ARecord a -> targets.add(a.getAddress().getHostAddress());
        case AAAARecord a -> targets.add(a.getAddress().getHostAddress());
        case CNAMERecord c -> targets.add(RecordNames.balancer(c.getTarget().toString()));
        default -> {}
      }
    }
    return Optional.of(
        new Answer(
            targets, message.getSection(Section.ANSWER).isEmpty() ? negative(message) : ttl));
  }

  private static long negative(Message message) {
    return message.getSection(Section.AUTHORITY).stream()
        .filter(SOARecord.class::isInstance)
        .map(SOARecord.class::cast)
        .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
        .max()
        .orElse(0);
  }
}

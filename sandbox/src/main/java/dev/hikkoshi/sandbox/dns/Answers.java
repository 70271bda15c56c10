package dev.hikkoshi.sandbox.dns;

import dev.hikkoshi.sandbox.route53.DnsName;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Messages in, messages out: RFC 1035 with EDNS (RFC 6891), no recursion. */
final class Answers {

  private static final int UDP_BYTES = 512;
  private static final int MOST_UDP_BYTES = 1232;
  static final int MOST_BYTES = 65_535;

  private final BiFunction<String, String, Authority.Verdict> authority;

  /** Answers what the authority says of a name and a type. */
  Answers(BiFunction<String, String, Authority.Verdict> authority) {
    this.authority = authority;
  }

  /**
   * Answers one query; null for what deserves none.
   *
   * @param udp whether the answer has to fit into a datagram
   */
  byte @Nullable [] answer(byte[] query, boolean udp) {
    Message request;
    try {
      request = new Message(query);
    } catch (IOException e) {
      return query.length < 12 ? null : malformed(query);
    }
    if (request.getHeader().getFlag(Flags.QR)) {
      return null;
    }
    Message response = response(request);
    OPTRecord opt = request.getOPT();
    int most = MOST_BYTES;
    if (udp) {
      int offered = opt == null ? UDP_BYTES : Math.max(UDP_BYTES, opt.getPayloadSize());
      most = Math.min(offered, MOST_UDP_BYTES);
    }
    if (opt != null) {
      response.addRecord(new OPTRecord(MOST_UDP_BYTES, 0, 0), Section.ADDITIONAL);
    }
    return response.toWire(most);
  }

  private static byte[] malformed(byte[] query) {
    Header header = new Header(((query[0] & 0xff) << 8) | (query[1] & 0xff));
    header.setFlag(Flags.QR);
    header.setRcode(Rcode.FORMERR);
    return header.toWire();
  }

  private Message response(Message request) {
    Message response = new Message(request.getHeader().getID());
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setOpcode(request.getHeader().getOpcode());
    if (request.getHeader().getFlag(Flags.RD)) {
      response.getHeader().setFlag(Flags.RD);
    }
    Record question = request.getQuestion();
    if (question == null || request.getHeader().getCount(Section.QUESTION) != 1) {
      response.getHeader().setRcode(Rcode.FORMERR);
      return response;
    }
    response.addRecord(question, Section.QUESTION);
    if (request.getHeader().getOpcode() != Opcode.QUERY) {
      response.getHeader().setRcode(Rcode.NOTIMP);
    } else if (question.getDClass() != DClass.IN) {
      response.getHeader().setRcode(Rcode.REFUSED);
    } else {
      write(response, verdict(question));
    }
    return response;
  }

  private Authority.Verdict verdict(Record question) {
    String name;
    try {
      name = DnsName.of(escaped(question.getName()));
    } catch (IllegalArgumentException e) {
      return new Authority.Verdict.Refused();
    }
    return authority.apply(name, Type.string(question.getType()));
  }

  /** The name with octal escapes: DNS libraries write decimal ones. */
  private static String escaped(Name name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.labels() - 1; i++) {
      byte[] label = name.getLabel(i);
      for (int at = 1; at < label.length; at++) {
        int c = label[at] & 0xff;
        boolean plain = c > ' ' && c < 127 && c != '.' && c != '\\';
        out.append(plain ? "" + (char) c : "\\%03o".formatted(c));
      }
      out.append('.');
    }
    return out.toString();
  }

  private static void write(Message response, Authority.Verdict verdict) {
    Header header = response.getHeader();
    switch (verdict) {
      case Authority.Verdict.Found found -> {
        header.setFlag(Flags.AA);
        add(response, found.answers(), Section.ANSWER);
      }
      case Authority.Verdict.Nothing nothing -> {
        header.setFlag(Flags.AA);
        header.setRcode(nothing.nameExists() ? Rcode.NOERROR : Rcode.NXDOMAIN);
        add(response, nothing.answers(), Section.ANSWER);
        add(response, List.of(nothing.soa()), Section.AUTHORITY);
      }
      case Authority.Verdict.Referral referral ->
          add(response, referral.servers(), Section.AUTHORITY);
      case Authority.Verdict.Refused refused -> header.setRcode(Rcode.REFUSED);
    }
  }

  private static void add(Message response, List<Record> records, int section) {
    records.forEach(record -> response.addRecord(record, section));
  }
}

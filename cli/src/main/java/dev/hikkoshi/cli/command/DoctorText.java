package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Paint;
import dev.hikkoshi.environments.check.doctor.Advice;
import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the doctor says of one environment, as lines and as a document. */
record DoctorText(String environment, List<Advice> advice, List<String> notLookedAt, Paint paint) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Advice a : advice) {
      lines.add(
          coloured(
              a.weight(), "%s %s  %s".formatted(sign(a.weight()), a.topic(), plain(a.subject()))));
      lines.add("    what   " + plain(a.what()));
      lines.add("    where  " + plain(a.where()));
      lines.add("    why    " + plain(a.why()));
      if (!a.write().isEmpty()) {
        lines.add("    write  " + plain(a.write()));
      }
    }
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("Not looked at:");
    notLookedAt.forEach(what -> lines.add("  " + what));
    lines.add("");
    lines.add(paint.bold(summary()));
    return lines;
  }

  private String summary() {
    return "%s: %d to settle, %d unknown, %d to consider."
        .formatted(
            environment, count(Weight.SETTLE), count(Weight.UNKNOWN), count(Weight.CONSIDER));
  }

  private long count(Weight weight) {
    return advice.stream().filter(a -> a.weight() == weight).count();
  }

  private static String sign(Weight weight) {
    return switch (weight) {
      case SETTLE -> "✗";
      case UNKNOWN -> "?";
      case CONSIDER -> "!";
    };
  }

  private String coloured(Weight weight, String text) {
    return switch (weight) {
      case SETTLE -> paint.danger(text);
      case UNKNOWN, CONSIDER -> paint.warning(text);
    };
  }

  /** Texts come from charts and from API servers. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  List<String> names() {
    return advice.stream().map(a -> a.topic() + "/" + plain(a.subject())).distinct().toList();
  }

  ObjectNode document() {
    ObjectNode document = Documents.of("Examination");
    document.put("environment", environment);
    ArrayNode findings = document.putArray("findings");
    for (Advice a : advice) {
      findings
          .addObject()
          .put("weight", a.weight().name().toLowerCase(Locale.ROOT))
          .put("topic", a.topic())
          .put("subject", a.subject())
          .put("where", a.where())
          .put("what", a.what())
          .put("why", a.why())
          .put("write", a.write());
    }
    notLookedAt.forEach(document.putArray("notLookedAt")::add);
    document.put("summary", summary());
    return document;
  }
}

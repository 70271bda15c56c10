package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Paint;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.view.PlanDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plans as lines and as documents; the words are the plan's own. */
final class PlanText {

  private PlanText() {}

  static List<String> lines(List<PlanDocument> plans, Paint paint) {
    List<String> lines = new ArrayList<>();
    for (PlanDocument plan : plans) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      add(lines, plan, paint);
    }
    return lines;
  }

  private static void add(List<String> lines, PlanDocument plan, Paint paint) {
    lines.add(paint.bold(plan.environment()) + " at " + shortened(plan.commit()));
    if (plan.changes() && plan.mode() != Mode.ACT) {
      lines.add(
          "Mode %s: nothing of this is written. It is what mode act would do."
              .formatted(mode(plan)));
    }
    if (!plan.dangers().isEmpty()) {
      lines.add("");
      lines.add("Danger:");
      plan.dangers().forEach(danger -> lines.add(paint.danger("  ! " + danger)));
    }
    if (plan.changes()) {
      lines.add("");
      lines.add("In this order:");
      for (PlanDocument.Item item : plan.items()) {
        lines.add("  %s %s".formatted(item.kind().sign(), item.what()));
        lines.add("      because: " + item.why());
      }
      lines.add("");
      lines.add("Back: " + plan.back());
    }
    if (!plan.charts().isEmpty()) {
      lines.add("");
      lines.add("Charts:");
      plan.charts().forEach(chart -> lines.add("  " + chart(chart)));
    }
    lines.add("");
    lines.add(paint.bold(plan.summary()));
  }

  private static String mode(PlanDocument plan) {
    return plan.mode().name().toLowerCase(Locale.ROOT);
  }

  private static String chart(PlanDocument.Chart chart) {
    String is = chart.version().isEmpty() ? "is not known" : "is " + chart.version();
    return "%s: %s %s (%s)".formatted(chart.release(), chart.chart(), is, chart.why());
  }

  private static String shortened(String commit) {
    return commit.matches("[0-9a-f]{40}") ? commit.substring(0, 10) : commit;
  }

  static ObjectNode document(PlanDocument plan) {
    ObjectNode document = Documents.of("Plan");
    document.put("environment", plan.environment()).put("commit", plan.commit());
    document.put("mode", mode(plan)).put("changes", plan.changes());
    ArrayNode dangers = document.putArray("dangers");
    plan.dangers().forEach(dangers::add);
    ArrayNode items = document.putArray("items");
    for (PlanDocument.Item item : plan.items()) {
      items
          .addObject()
          .put("kind", item.kind().name().toLowerCase(Locale.ROOT))
          .put("what", item.what())
          .put("why", item.why());
    }
    ArrayNode charts = document.putArray("charts");
    for (PlanDocument.Chart chart : plan.charts()) {
      charts
          .addObject()
          .put("release", chart.release())
          .put("chart", chart.chart())
          .put("version", chart.version())
          .put("why", chart.why());
    }
    return document.put("back", plan.back()).put("summary", plan.summary());
  }
}

package dev.hikkoshi.cli.report;

import dev.hikkoshi.environments.record.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** The report as one HTML page without scripts, fonts or anything else from elsewhere. */
public final class HtmlReport {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Move %s</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
      h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
      h2 small { font-weight: normal; opacity: .7; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
      tr + tr { border-top: 1px solid color-mix(in srgb, currentColor 15%%, transparent); }
      td:first-child, th:first-child, .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
      .what { overflow-wrap: anywhere; }
      .person td { font-weight: 600; }
      code { font-size: .85em; opacity: .8; }
      </style>
      <h1>Move %s</h1>""";

  private HtmlReport() {}

  public static List<String> of(MoveReport report) {
    String id = text(report.move().id());
    List<String> lines = new ArrayList<>(HEAD.formatted(id, id).lines().toList());
    lines.add("<table>");
    report
        .facts()
        .forEach(
            fact -> lines.add("<tr><th>%s<td>%s".formatted(text(fact.get(0)), text(fact.get(1)))));
    lines.add("</table>");
    for (MoveReport.Phase phase : report.phases()) {
      lines.add("<h2>%s <small>%s</small></h2>".formatted(text(phase.name()), phase.lasted()));
      lines.add("<table>");
      lines.add("<tr><th>at<th>after<th>by<th>what<th>request");
      phase.entries().forEach(entry -> lines.add(row(report, entry)));
      lines.add("</table>");
    }
    lines.add("</html>");
    return lines;
  }

  private static String row(MoveReport report, JournalEntry entry) {
    boolean person = !entry.author().equals(JournalEntry.HIKKOSHI);
    return "<tr%s><td><time>%s</time><td class=time>%s<td>%s<td class=what>%s<td><code>%s</code>"
        .formatted(
            person ? " class=person" : "",
            MoveReport.seconds(entry.at()),
            report.after(entry),
            text(entry.author()),
            text(entry.text()),
            text(entry.requestId()));
  }

  private static String text(String any) {
    return any.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

package dev.hikkoshi.cli.report;

import dev.hikkoshi.environments.record.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** The report as GitHub-flavoured Markdown. */
public final class MarkdownReport {

  private MarkdownReport() {}

  public static List<String> of(MoveReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("# Move " + text(report.move().id()));
    lines.add("");
    lines.add("| | |");
    lines.add("|---|---|");
    report
        .facts()
        .forEach(fact -> lines.add("| %s | %s |".formatted(fact.get(0), text(fact.get(1)))));
    for (MoveReport.Phase phase : report.phases()) {
      lines.add("");
      lines.add("## %s, %s".formatted(text(phase.name()), phase.lasted()));
      lines.add("");
      lines.add("| at | after | by | what | request |");
      lines.add("|---|---|---|---|---|");
      phase.entries().forEach(entry -> lines.add(row(report, entry)));
    }
    return lines;
  }

  private static String row(MoveReport report, JournalEntry entry) {
    String request = entry.requestId().isEmpty() ? "" : "`" + entry.requestId() + "`";
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            MoveReport.seconds(entry.at()),
            report.after(entry),
            text(entry.author()),
            text(entry.text()),
            request);
  }

  /** A cell ends at a bar or a line's end, and a tag would be one. */
  private static String text(String any) {
    return any.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("`", "\\`")
        .replaceAll("\\R", " ");
  }
}

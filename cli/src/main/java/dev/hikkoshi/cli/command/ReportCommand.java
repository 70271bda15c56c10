package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.report.HtmlReport;
import dev.hikkoshi.cli.report.KeptMoves;
import dev.hikkoshi.cli.report.MarkdownReport;
import dev.hikkoshi.cli.report.MoveReport;
import dev.hikkoshi.clusters.record.JournalCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A move as a timeline, ready for a postmortem. */
@Command(
    name = "report",
    header = "Print the timeline of a move, for a postmortem.",
    description = {
      "Print the timeline of a move: every phase, every write with its request id, who stepped in.",
      "Markdown for a ticket, or with --html one page that needs nothing else.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi history shop --moves                  which moves are kept",
      "  hikkoshi report shop-1-37-2-tp1bks             Markdown",
      "  hikkoshi report shop-1-37-2-tp1bks --html > move.html",
      ""
    })
public final class ReportCommand extends Subcommand {

  @Parameters(paramLabel = "MOVE", description = "Id of the move.")
  private String id = "";

  @Option(names = "--html", description = "One HTML page instead of Markdown.")
  private boolean html;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    try (ManagementCluster management = cluster.open(session())) {
      MoveReport report = KeptMoves.find(management, id);
      if (format().data()) {
        print(document(report));
      } else {
        print(html ? HtmlReport.of(report) : MarkdownReport.of(report));
      }
      return Exit.OK;
    }
  }

  private static ObjectNode document(MoveReport report) {
    ObjectNode document = Documents.of("Report");
    document.put("environment", report.environment());
    document.set("move", Documents.tree(report.move()));
    ArrayNode phases = document.putArray("phases");
    for (MoveReport.Phase phase : report.phases()) {
      ObjectNode node =
          phases
              .addObject()
              .put("name", phase.name())
              .put("since", phase.since().toString())
              .put("until", phase.until().toString());
      ArrayNode entries = node.putArray("entries");
      phase.entries().forEach(e -> entries.add(JournalCodec.write(e)));
    }
    ArrayNode breaches = document.putArray("breaches");
    report.audit().breaches().forEach(b -> breaches.add(b.toString()));
    return document;
  }
}

package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.cli.report.HistoryFile;
import dev.hikkoshi.cli.report.KeptMoves;
import dev.hikkoshi.environments.history.Audit;
import dev.hikkoshi.environments.history.Breach;
import dev.hikkoshi.environments.record.JournalEntry;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The journal of a move held against the rules. */
@Command(
    name = "verify",
    header = "Hold the journal of a move against the rules.",
    description = {
      "Hold the journal of a move against the rules: every write by what it replaced, when it was",
      "made and in which phase. The reader knows nothing of how Hikkoshi decides; the simulator and",
      "the sandbox are held against the same one.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi verify shop-1-37-2-tp1bks             ends with 1 when a rule was broken",
      "  hikkoshi history shop --move shop-1-37-2-tp1bks -o json > move.json",
      "  hikkoshi verify --file move.json               the same without a cluster",
      ""
    })
public final class VerifyCommand extends Subcommand {

  /** One of the two. */
  static final class Where {

    @Parameters(paramLabel = "MOVE", description = "Id of the move.")
    private @Nullable String id;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "What hikkoshi history -o json printed.")
    private @Nullable Path file;
  }

  @ArgGroup(multiplicity = "1")
  private final Where where = new Where();

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    List<JournalEntry> journal = where.file == null ? kept() : HistoryFile.read(where.file);
    Audit audit = Audit.of(journal);
    if (audit.lines() > 0 && audit.facts() == 0) {
      throw new CliException(
          Exit.UNREADABLE,
          "none of its %d lines says anything to a program".formatted(audit.lines()),
          "An older version wrote it; hikkoshi history shows it.");
    }
    show(audit);
    return audit.breaches().isEmpty() ? Exit.OK : Exit.ERROR;
  }

  private List<JournalEntry> kept() {
    try (ManagementCluster management = cluster.open(session())) {
      return KeptMoves.find(management, String.valueOf(where.id)).entries();
    }
  }

  private void show(Audit audit) {
    if (format().data()) {
      print(document(audit));
      return;
    }
    if (format() == Format.NAME) {
      audit.breaches().forEach(b -> print("rule/" + b.rule()));
      return;
    }
    if (!audit.breaches().isEmpty()) {
      Table table = Table.of("RULE", "AT", "WHAT", "LINE");
      for (Breach b : audit.breaches()) {
        table.row(Integer.toString(b.rule()), at(b), b.sentence(), b.entry().text());
      }
      print(table.lines());
    }
    print(audit.summary());
  }

  private static String at(Breach breach) {
    return breach.entry().at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode document(Audit audit) {
    ObjectNode document = Documents.of("Verification");
    document.put("lines", audit.lines()).put("writes", audit.writes());
    ArrayNode breaches = document.putArray("breaches");
    for (Breach b : audit.breaches()) {
      breaches
          .addObject()
          .put("rule", b.rule())
          .put("at", b.entry().at().toString())
          .put("what", b.sentence())
          .put("line", b.entry().text());
    }
    return document;
  }
}

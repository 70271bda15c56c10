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
import dev.hikkoshi.clusters.record.JournalCodec;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.JournalEntry;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened, who did it, and under which request id. */
@Command(
    name = "history",
    header = "Show the journal: what happened, and who did it.",
    description = {
      "Show the journal: what happened, who did it, and AWS's or Kubernetes' id of the request.",
      "Without --move the newest entries; with it everything of one move.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi history shop           the newest entries of all its moves",
      "  hikkoshi history shop --moves   the moves that are kept",
      "  hikkoshi history shop --move shop-1-37-2-tp1bks -o wide   all of one, with request ids",
      ""
    })
public final class HistoryCommand extends Subcommand {

  @Parameters(paramLabel = "ENV", description = "Name of the environment.")
  private String name = "";

  @Option(names = "--move", paramLabel = "ID", description = "Everything of this move.")
  private @Nullable String move;

  @Option(names = "--moves", description = "List the moves instead.")
  private boolean moves;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    try (ManagementCluster management = cluster.open(session())) {
      Known known = management.environment(name);
      List<MoveSeen> kept = management.reader().moves(name);
      if (moves || format() == Format.NAME) {
        moves(kept);
        return Exit.OK;
      }
      List<JournalEntry> entries = move == null ? newest(known) : journal(management, kept, move);
      show(entries);
      if (move == null && !kept.isEmpty() && !format().data()) {
        session()
            .say(
                "all of a move: hikkoshi history %s --move %s"
                    .formatted(name, kept.getLast().id()));
      }
      return Exit.OK;
    }
  }

  private List<JournalEntry> newest(Known known) {
    return switch (known.record()) {
      case Observation.Known<EnvironmentRecord>(EnvironmentRecord record) -> record.journal();
      case Observation.Unknown<EnvironmentRecord>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE, "%s of %s could not be read: %s".formatted(what, name, why), "");
    };
  }

  private List<JournalEntry> journal(
      ManagementCluster management, List<MoveSeen> kept, String wanted) {
    List<String> ids = kept.stream().map(MoveSeen::id).toList();
    Optional<List<JournalEntry>> journal =
        ids.contains(wanted) ? management.reader().journal(wanted) : Optional.empty();
    return journal.orElseThrow(
        () ->
            new CliException(
                Exit.ERROR,
                "%s has no move '%s'%s"
                    .formatted(
                        name,
                        wanted,
                        Nearest.to(wanted, ids).map(n -> "; did you mean '" + n + "'?").orElse("")),
                ids.isEmpty() ? "No move is kept." : "Kept: " + String.join(", ", ids) + "."));
  }

  private void show(List<JournalEntry> entries) {
    switch (format()) {
      case JSON, YAML -> print(document(entries));
      case NAME -> {}
      case TABLE -> {
        Table table = Table.of("AT", "MOVE", "BY", "WHAT");
        entries.forEach(e -> table.row(at(e), e.move(), e.author(), e.text()));
        print(table.lines());
      }
      case WIDE -> {
        Table table = Table.of("AT", "MOVE", "BY", "REQUEST", "WHAT");
        entries.forEach(e -> table.row(at(e), e.move(), e.author(), e.requestId(), e.text()));
        print(table.lines());
      }
    }
  }

  private void moves(List<MoveSeen> kept) {
    switch (format()) {
      case JSON, YAML -> {
        ObjectNode document = Documents.of("MoveList");
        ArrayNode items = document.putArray("items");
        kept.forEach(m -> items.add(Documents.tree(m)));
        print(document);
      }
      case NAME -> kept.forEach(m -> print("move/" + m.id()));
      case TABLE, WIDE -> {
        Table table = Table.of("MOVE", "FROM", "TO", "PHASE", "STARTED");
        kept.forEach(
            m ->
                table.row(
                    m.id(),
                    m.from(),
                    m.to(),
                    m.phase(),
                    m.startedAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        print(table.lines());
      }
    }
  }

  private static String at(JournalEntry entry) {
    return entry.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private ObjectNode document(List<JournalEntry> entries) {
    ObjectNode document = Documents.of("History");
    document.put("environment", name);
    ArrayNode items = document.putArray("entries");
    entries.forEach(e -> items.add(JournalCodec.write(e)));
    return document;
  }
}

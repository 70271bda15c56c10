package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Moment;
import dev.hikkoshi.environments.observed.Freeze;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets nothing start in any environment until a person thaws, or a time has come. */
@Command(
    name = "freeze",
    header = "Let nothing begin in any environment of a controller.",
    description = {
      "Freeze every environment of a controller: no move begins, no cluster is built or deleted, no",
      "step begins. Releases are synced on, and traffic may go home all the same. A freeze that is",
      "there is replaced, so that its end can be put off.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi freeze --reason \"year-end sale\" --until 2027-01-04T00:00:00+09:00",
      "  hikkoshi freeze --reason \"incident 4711\" --until 8h --yes",
      "  hikkoshi thaw --reason \"the incident is over\"",
      ""
    })
public final class FreezeCommand extends PersonCommand {

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Word.class,
      description = "When it ends by itself: 8h, 2026-12-24, 2026-12-24T18:00:00+09:00.")
  private @Nullable Moment until;

  @Override
  Exit run() {
    Instant now = session().clock().instant();
    Optional<Instant> end = Optional.ofNullable(until).map(moment -> moment.from(now));
    if (end.filter(at -> !at.isAfter(now)).isPresent()) {
      throw new CliException(Exit.USAGE, "--until is over already: " + end.get(), "");
    }
    try (ManagementCluster management = open()) {
      management
          .frozen(now)
          .ifPresent(freeze -> session().say("Takes the place of: " + freeze.sentence()));
      confirm("Freeze every environment of " + management.place() + "?", "not frozen");
      Freeze word = new Freeze(true, management.user(), reason(), now, end);
      management.freezes().say(word);
      print(document(word), "everything is " + word.sentence());
      return Exit.OK;
    }
  }

  static ObjectNode document(Freeze word) {
    ObjectNode document = Documents.of("Freeze").put("frozen", word.on());
    document.put("author", word.author()).put("reason", word.reason());
    document.put("at", word.at().toString());
    word.until().ifPresent(at -> document.put("until", at.toString()));
    return document;
  }
}

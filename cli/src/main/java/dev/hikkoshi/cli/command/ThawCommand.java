package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.environments.observed.Freeze;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Ends the freeze. */
@Command(
    name = "thaw",
    header = "End the freeze.",
    description = {
      "End the freeze: what waited begins again. Exit code 3 when nothing is frozen.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {"  hikkoshi thaw --reason \"the sale is over\"", ""})
public final class ThawCommand extends PersonCommand {

  @Override
  Exit run() {
    Instant now = session().clock().instant();
    try (ManagementCluster management = open()) {
      Freeze freeze =
          management
              .frozen(now)
              .orElseThrow(() -> new CliException(Exit.REFUSED, "nothing is frozen", ""));
      session().say("Everything is " + freeze.sentence());
      confirm("Thaw every environment of " + management.place() + "?", "not thawed");
      Freeze word = new Freeze(false, management.user(), reason(), now, Optional.empty());
      management.freezes().say(word);
      print(FreezeCommand.document(word), "thawed by %s".formatted(word.author()));
      return Exit.OK;
    }
  }
}

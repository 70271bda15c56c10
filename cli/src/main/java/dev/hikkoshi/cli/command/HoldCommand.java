package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.environments.record.StandStill;
import picocli.CommandLine.Command;

/** Lets no step begin until a person resumes. */
@Command(
    name = "hold",
    description = {
      "Hold the traffic of an environment: no step begins and no cluster is built until somebody",
      "resumes. Releases are synced on, and a return is allowed all the same. Exit code 3 when a",
      "person holds it already.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi hold shop --reason \"sale until midnight\" --wait",
      "  hikkoshi resume shop --reason \"the sale is over\"",
      ""
    })
public final class HoldCommand extends AskingCommand {

  @Override
  Exit run() {
    try (ManagementCluster management = open()) {
      String who = management.user();
      var order = new StandStill(who, reason(), session().clock().instant());
      refuse(order, record(management.environment(name())));
      confirm("Hold " + name() + "?", "not held");
      Commands commands = management.commands(session().clock());
      String id = commands.ask(name(), order);
      boolean done = waits() && taken(commands, id);
      if (format().data()) {
        print(
            Documents.of("Hold")
                .put("environment", name())
                .put("id", id)
                .put("author", who)
                .put("reason", reason())
                .put("done", done));
      } else {
        print(done ? name() + " is held" : name() + " asked to stand still, by " + who);
      }
      return waits() && !done ? Exit.TIMED_OUT : Exit.OK;
    }
  }
}

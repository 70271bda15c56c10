package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.environments.record.StandStill;
import picocli.CommandLine.Command;

/** Lets no step begin until a person resumes. */
@Command(
    name = "hold",
    header = "Let no step of an environment begin.",
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
      Asked asked = ask(management, order);
      print(
          document("Hold", asked).put("done", asked.done()),
          name() + (asked.done() ? " is held" : " asked to stand still, by " + who));
      return exit(asked.done());
    }
  }
}

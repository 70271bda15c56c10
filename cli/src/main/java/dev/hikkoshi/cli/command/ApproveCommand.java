package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets one step of the move that goes on begin. */
@Command(
    name = "approve",
    header = "Approve one step of the current move that asks for it.",
    description = {
      "Approve one step of the current move that asks for it (approve: true). The approval counts for",
      "this move and this step, and for nothing else. Exit code 3 when nothing asks for it.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {"  hikkoshi approve shop --step 25 --reason \"dashboards are quiet\" --wait", ""})
public final class ApproveCommand extends AskingCommand {

  @Option(
      names = "--step",
      required = true,
      paramLabel = "PERCENT",
      description = "The step, by its weight.")
  private int step;

  @Override
  Exit run() {
    try (ManagementCluster management = open()) {
      EnvironmentRecord record = record(management.environment(name()));
      MoveRecord move = move(record);
      String who = management.user();
      Approve order = new Approve(move.id(), step, who, reason(), session().clock().instant());
      refuse(order, record);
      confirm("Let %s go to %d %% of %s?".formatted(move.to(), step, name()), "not approved");
      Asked asked = ask(management, order);
      print(
          document("Approval", asked)
              .put("move", move.id())
              .put("step", step)
              .put("done", asked.done()),
          "the step to %d %% of %s is %s"
              .formatted(
                  step, name(), asked.done() ? "approved" : "asked to be approved, by " + who));
      return exit(asked.done());
    }
  }
}

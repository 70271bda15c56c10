package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.view.Ages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lifts what holds an environment, in the name of a person who says why. */
@Command(
    name = "resume",
    header = "Lift every hold of an environment.",
    description = {
      "Lift every hold of an environment. The reason goes into the journal, for ever.",
      "Exit code 3 when nothing holds.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi resume shop --reason \"errors came from the load test\"",
      "  hikkoshi resume shop --reason \"we set them in the outage\" --accept-weights --yes --wait",
      ""
    })
public final class ResumeCommand extends AskingCommand {

  @Option(
      names = "--accept-weights",
      description = "Take the weights as they are now for ours, whoever wrote them.")
  private boolean acceptWeights;

  @Option(
      names = "--run-once-anyway",
      description =
          "Let run-once work start though the other side is not proven stopped: only you know that it is.")
  private boolean runOnceAnyway;

  @Option(
      names = "--try-again",
      description = "What traffic was brought home from may be tried again (rule 12).")
  private boolean tryAgain;

  @Override
  Exit run() {
    try (ManagementCluster management = open()) {
      EnvironmentRecord record = record(management.environment(name()));
      List<Hold> holds = record.holds();
      refuseNothing(record);
      String who = management.user();
      show(record);
      confirm("Resume " + name() + "?", "not resumed");
      Instant now = session().clock().instant();
      var order = new Resume(who, reason(), acceptWeights, runOnceAnyway, tryAgain, now);
      Asked asked = ask(management, order);
      print(
          document(asked, holds),
          name() + (asked.done() ? " resumed" : " asked to resume, by " + who));
      return exit(asked.done());
    }
  }

  /** A hold on run-once work is lifted by its own word only. */
  private void refuseNothing(EnvironmentRecord record) {
    List<Hold> holds = record.holds();
    boolean clears = tryAgain && !record.bad().isEmpty();
    if (acceptWeights || clears || runOnceAnyway && !holds.isEmpty()) {
      return;
    }
    if (holds.isEmpty()) {
      throw new CliException(Exit.REFUSED, "nothing holds " + name(), "");
    }
    if (holds.stream().allMatch(h -> h.reason() == Hold.Reason.RUN_ONCE_UNPROVEN)) {
      throw new CliException(
          Exit.REFUSED,
          "run-once work cannot be proven stopped: " + holds.getFirst().text(),
          "--run-once-anyway starts it all the same.");
    }
  }

  private void show(EnvironmentRecord record) {
    Instant now = session().clock().instant();
    Table table = Table.of("LIFTS", "REASON", "SINCE", "WHAT WAS FOUND");
    for (Hold hold : record.holds()) {
      String since = Ages.text(Duration.between(hold.since(), now)) + " ago";
      table.row(hold.subject(), word(hold.reason()), since, hold.text());
    }
    if (!table.empty()) {
      table.lines().forEach(session()::say);
    }
    if (acceptWeights) {
      session().say("The weights as they are now will count as ours, on every route.");
    }
    if (runOnceAnyway) {
      session().say("Run-once work will start though the other side is not proven stopped.");
    }
    if (tryAgain) {
      record
          .bad()
          .forEach((cluster, why) -> session().say("Tried again: " + cluster + " (" + why + ")"));
    }
  }

  private ObjectNode document(Asked asked, List<Hold> holds) {
    ObjectNode document = document("Resume", asked);
    document
        .put("acceptWeights", acceptWeights)
        .put("runOnceAnyway", runOnceAnyway)
        .put("tryAgain", tryAgain)
        .put("done", asked.done());
    ArrayNode lifts = document.putArray("lifts");
    for (Hold hold : holds) {
      lifts
          .addObject()
          .put("subject", hold.subject())
          .put("scope", hold.scope().name().toLowerCase(Locale.ROOT))
          .put("reason", word(hold.reason()))
          .put("text", hold.text())
          .put("since", hold.since().toString());
    }
    return document;
  }

  private static String word(Hold.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

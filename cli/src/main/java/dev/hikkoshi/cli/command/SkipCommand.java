package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Moment;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.SkipCheck;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Switches one check of the move that goes on off. */
@Command(
    name = "skip",
    header = "Switch one check of the current move off.",
    description = {
      "Switch one check of the current move off, for example while its provider is down. The next",
      "move is judged by it again: what is wrong for longer belongs into the definition (skip:).",
      "A hold that the check led to stays until: hikkoshi resume ENV. Exit code 3 when no move goes",
      "on.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {"  hikkoshi skip shop --check errors --reason \"Datadog is down\" --until 2h", ""})
public final class SkipCommand extends AskingCommand {

  @Option(
      names = "--check",
      required = true,
      paramLabel = "NAME",
      description = "Its name in move.checks.")
  private String check = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Word.class,
      description = "From then on it is asked again: 2h, 2026-12-24 (default: the move's end).")
  private @Nullable Moment until;

  @Override
  Exit run() {
    Instant now = session().clock().instant();
    Optional<Instant> end = Optional.ofNullable(until).map(moment -> moment.from(now));
    try (ManagementCluster management = open()) {
      EnvironmentRecord record = record(management.environment(name()));
      MoveRecord move = move(record);
      String who = management.user();
      SkipCheck order = new SkipCheck(move.id(), check, who, reason(), now, end);
      refuse(order, record);
      confirm("Skip %s in the move of %s?".formatted(check, name()), "not skipped");
      Asked asked = ask(management, order);
      ObjectNode document = document("Skip", asked).put("move", move.id());
      document.put("check", check).put("done", asked.done());
      end.ifPresent(at -> document.put("until", at.toString()));
      print(
          document,
          "check %s of %s is %s"
              .formatted(
                  check, name(), asked.done() ? "skipped" : "asked to be skipped, by " + who));
      return exit(asked.done());
    }
  }
}

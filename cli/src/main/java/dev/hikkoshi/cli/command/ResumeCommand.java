package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.ShortTime;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.view.Ages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lifts what holds an environment, in the name of a person who says why. */
@Command(
    name = "resume",
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
public final class ResumeCommand extends Subcommand {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Parameters(paramLabel = "ENV", description = "Name of the environment.")
  private String name = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why it is safe to go on.")
  private String reason = "";

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
      names = "--author",
      paramLabel = "NAME",
      description = "Who says so (default: the kubeconfig's user).")
  private @Nullable String author;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(names = "--wait", description = "Wait until the controller has done it.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = ShortTime.class,
      description = "Longest wait: 30s, 5m (default: 1m); exit code 4 after it.")
  private Duration timeout = Duration.ofMinutes(1);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    try (ManagementCluster management = cluster.open(session())) {
      List<Hold> holds = holds(management.environment(name));
      refuseNothing(holds);
      String who = author(management);
      show(holds);
      confirm();
      Commands commands = management.commands(session().clock());
      String id = commands.resume(name, who, reason, acceptWeights, runOnceAnyway);
      boolean done = wait && done(commands, id);
      if (format().data()) {
        print(document(id, who, holds, done));
      } else {
        print(done ? name + " resumed" : name + " asked to resume, by " + who);
      }
      return wait && !done ? Exit.TIMED_OUT : Exit.OK;
    }
  }

  /** A hold on run-once work is lifted by its own word only. */
  private void refuseNothing(List<Hold> holds) {
    if (acceptWeights || runOnceAnyway && !holds.isEmpty()) {
      return;
    }
    if (holds.isEmpty()) {
      throw new CliException(Exit.REFUSED, "nothing holds " + name, "");
    }
    if (holds.stream().allMatch(h -> h.reason() == Hold.Reason.RUN_ONCE_UNPROVEN)) {
      throw new CliException(
          Exit.REFUSED,
          "run-once work cannot be proven stopped: " + holds.getFirst().text(),
          "--run-once-anyway starts it all the same.");
    }
  }

  private static List<Hold> holds(Known known) {
    return switch (known.record()) {
      case Observation.Known<EnvironmentRecord>(EnvironmentRecord record) -> record.holds();
      case Observation.Unknown<EnvironmentRecord>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE,
              "%s of %s could not be read: %s".formatted(what, known.name(), why),
              "");
    };
  }

  private String author(ManagementCluster management) {
    String who = author == null ? management.user() : author;
    if (who.isBlank()) {
      throw new CliException(
          Exit.USAGE, "the kubeconfig names no user", "--author NAME says who resumes.");
    }
    return who;
  }

  private void show(List<Hold> holds) {
    Instant now = session().clock().instant();
    Table table = Table.of("LIFTS", "REASON", "SINCE", "WHAT WAS FOUND");
    for (Hold hold : holds) {
      String since = Ages.text(Duration.between(hold.since(), now)) + " ago";
      table.row(hold.subject(), word(hold.reason()), since, hold.text());
    }
    if (!table.empty()) {
      table.lines().forEach(session()::say);
    }
    if (acceptWeights) {
      session().say("The weights as they are now will count as ours, on every route.");
    }
  }

  private void confirm() {
    if (yes) {
      return;
    }
    if (!session().terminal()) {
      throw new CliException(
          Exit.USAGE, "nobody can be asked here; nothing was written", "--yes goes on without.");
    }
    session().err().print("Resume " + name + "? [y/N] ");
    session().err().flush();
    String answer = session().answer().get().strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new CliException(Exit.REFUSED, "not resumed; nothing was written", "");
    }
  }

  /** Whether the controller took the request, in time. */
  private boolean done(Commands commands, String id) {
    Instant end = session().clock().instant().plus(timeout);
    while (commands.waiting(name, id)) {
      boolean late = !session().clock().instant().isBefore(end);
      if (late || !session().pause().lasting(BETWEEN_LOOKS)) {
        session()
            .say(
                "the controller has not taken the request in %s; it stays and is taken later. Does it run?"
                    .formatted(Ages.text(timeout)));
        return false;
      }
    }
    return true;
  }

  private ObjectNode document(String id, String who, List<Hold> holds, boolean done) {
    ObjectNode document = Documents.of("Resume");
    document.put("environment", name).put("id", id).put("author", who).put("reason", reason);
    document
        .put("acceptWeights", acceptWeights)
        .put("runOnceAnyway", runOnceAnyway)
        .put("done", done);
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

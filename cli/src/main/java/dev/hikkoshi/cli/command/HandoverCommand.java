package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.TakeBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes an environment out of Hikkoshi's hands, or puts it back into them. */
@Command(
    name = "handover",
    header = "Hand an environment back: nothing of it is managed any more.",
    description = {
      "Hand an environment back: nothing of it is managed any more. Our tags come off clusters, node",
      "groups and target groups; records, rules, releases and bindings stay as they are. Says what is",
      "left and whose it is. Exit code 3 while a move is under way.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi handover shop --reason \"the team goes on without\" --wait",
      "  hikkoshi handover shop --take-back --reason \"we try again\"",
      ""
    })
public final class HandoverCommand extends AskingCommand {

  @Option(
      names = "--take-back",
      description = {
        "Manage it again, as a new environment: with the cluster that",
        "spec.cluster.adopt names."
      })
  private boolean takeBack;

  @Override
  Exit run() {
    try (ManagementCluster management = open()) {
      EnvironmentRecord record = record(management.environment(name()));
      Order order = order(management.user());
      refuse(order, record);
      show(record);
      confirm(question(), takeBack ? "not taken back" : "not handed over");
      Asked asked = ask(management, order);
      return asked.done() ? ended(management, asked) : waited(asked);
    }
  }

  private Order order(String who) {
    Instant now = session().clock().instant();
    return takeBack ? new TakeBack(who, reason(), now) : new Leave(who, reason(), now);
  }

  private void show(EnvironmentRecord record) {
    if (takeBack) {
      session()
          .say(
              "Nothing is remembered of what was handed over. Without spec.cluster.adopt: NAME in"
                  + " environment.yaml the next pass builds a cluster.");
      return;
    }
    List<String> clusters =
        record.clusters().values().stream()
            .filter(cluster -> cluster.life().exists())
            .map(ClusterRecord::name)
            .toList();
    session()
        .say(
            clusters.isEmpty()
                ? "No cluster is remembered; only what Hikkoshi remembers goes."
                : "Our tags come off %s and what hangs on it. From then on nothing moves, syncs or is corrected, and git revert moves nothing back."
                    .formatted(String.join(", ", clusters)));
  }

  private String question() {
    return takeBack ? "Take " + name() + " back?" : "Hand " + name() + " over?";
  }

  private Exit waited(Asked asked) {
    print(
        document(asked, false, List.of()),
        "%s asked to be %s, by %s"
            .formatted(name(), takeBack ? "taken back" : "handed over", asked.author()));
    return exit(false);
  }

  /** The request was taken; tags come off in the passes after it. */
  private Exit ended(ManagementCluster management, Asked asked) {
    if (takeBack) {
      print(document(asked, true, List.of()), name() + " is managed again");
      return Exit.OK;
    }
    List<EnvironmentRecord> last = new ArrayList<>();
    boolean done =
        until(
            () -> {
              EnvironmentRecord now = record(management.environment(name()));
              last.add(now);
              return now.handedOver() || now.handover().isEmpty();
            },
            "tags are still being taken off after %s; hikkoshi status says what it waits for");
    EnvironmentRecord now = last.getLast();
    if (done && now.handover().isEmpty()) {
      throw new CliException(Exit.REFUSED, name() + ": " + refused(now), "");
    }
    List<String> left = left(now);
    print(
        document(asked, done, left),
        name()
            + (done ? " is handed over. What is left, and whose it is:" : " is being handed over"));
    if (!format().data()) {
      left.forEach(line -> print("- " + line));
    }
    return done ? Exit.OK : Exit.TIMED_OUT;
  }

  private static String refused(EnvironmentRecord record) {
    return record.journal().reversed().stream()
        .map(JournalEntry::text)
        .filter(text -> text.startsWith("handover refused"))
        .findFirst()
        .orElse("it was taken back meanwhile");
  }

  private static List<String> left(EnvironmentRecord record) {
    return record
        .handover()
        .flatMap(
            handover ->
                switch (handover) {
                  case Handover.Asked asked -> asked.left();
                  case Handover.Done done -> Optional.of(done.left());
                })
        .orElse(List.of());
  }

  private ObjectNode document(Asked asked, boolean done, List<String> left) {
    ObjectNode document = document("Handover", asked);
    document.put("takeBack", takeBack).put("done", done);
    ArrayNode lines = document.putArray("left");
    left.forEach(lines::add);
    return document;
  }
}

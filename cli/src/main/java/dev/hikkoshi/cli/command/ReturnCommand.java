package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Brings traffic home now; Git follows. */
@Command(
    name = "return",
    header = "Bring the traffic of an environment home now, whatever Git says.",
    description = {
      "Bring the traffic of an environment home now, whatever Git says: one write for each route.",
      "What the left cluster was built from is not tried again until its definition changes,",
      "cluster.number is raised, or: hikkoshi resume ENV --try-again. Revert the commit afterwards.",
      "Exit code 3 when there is no home to return to.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi return shop --reason \"checkout fails on the new side\" --yes --wait",
      "  git revert COMMIT                                    what it prints, so that Git agrees",
      ""
    })
public final class ReturnCommand extends AskingCommand {

  @Override
  Exit run() {
    try (ManagementCluster management = open()) {
      Known known = management.environment(name());
      EnvironmentRecord record = record(known);
      String who = management.user();
      Order order = new GoHome(who, reason(), session().clock().instant());
      refuse(order, record);
      MoveRecord move = record.move().orElseThrow();
      session()
          .say(
              "All routes go from %s back to %s, now in phase %s."
                  .formatted(move.to(), move.from().orElse(""), move.phase().word()));
      // It is rehearsed in every pass: who is about to go home hears what would keep it away.
      known.view().known().map(view -> view.banner().back()).ifPresent(session()::say);
      confirm("Return " + name() + "?", "not returned");
      Asked asked = ask(management, order);
      boolean home = asked.done() && home(management, move);
      say(move, asked, home);
      return exit(home);
    }
  }

  /** Whether everything has arrived; a controller that knew better says so in the journal. */
  private boolean home(ManagementCluster management, MoveRecord move) {
    List<Optional<MovePhase>> last = new ArrayList<>();
    boolean ended =
        until(
            () -> {
              EnvironmentRecord now = record(management.environment(name()));
              Optional<MovePhase> phase =
                  now.move().filter(m -> m.id().equals(move.id())).map(MoveRecord::phase);
              last.add(phase);
              return phase.filter(MovePhase.Returning.class::isInstance).isEmpty();
            },
            "traffic is still on its way home after %s; hikkoshi status says what it waits for");
    if (ended && last.getLast().filter(MovePhase.Returned.class::isInstance).isEmpty()) {
      throw new CliException(
          Exit.REFUSED,
          name() + " does not return; the journal says why",
          "hikkoshi history " + name());
    }
    return ended;
  }

  private void say(MoveRecord move, Asked asked, boolean home) {
    String revert = "git revert " + move.commit();
    if (format().data()) {
      ObjectNode document = document("Return", asked);
      document.put("move", move.id()).put("commit", move.commit()).put("home", home);
      print(document);
      return;
    }
    print(
        home
            ? "%s is home, on %s".formatted(name(), move.from().orElse(""))
            : "%s asked to return, by %s".formatted(name(), asked.author()));
    print("Git still asks for %s; so that it agrees: %s".formatted(move.to(), revert));
  }
}

package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command by which a person says something, and why. Who that is says the API server, which has
 * authenticated the kubeconfig's user; nobody types a name.
 */
abstract class PersonCommand extends Subcommand {

  /** As the controller takes it. */
  private static final int LONGEST_REASON = 1_000;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it goes into the journal.")
  private String reason = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  final String reason() {
    return reason;
  }

  /**
   * The management cluster.
   *
   * @throws CliException when it cannot be reached, or when nobody says why: a variable of a script
   *     that is empty should be told before anything is asked
   */
  final ManagementCluster open() {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new CliException(
          Exit.USAGE,
          "--reason says why in 1 to %d characters, this has %d"
              .formatted(LONGEST_REASON, reason.strip().length()),
          "");
    }
    return cluster.open(session());
  }

  /** What was done, for a program or for a person. */
  final void print(ObjectNode document, String text) {
    if (format().data()) {
      print(document);
    } else {
      print(text);
    }
  }

  /** Asks the person at the terminal; anything but yes ends the command. */
  final void confirm(String question, String denied) {
    if (yes) {
      return;
    }
    if (!session().terminal()) {
      throw new CliException(
          Exit.USAGE, "nobody can be asked here; nothing was written", "--yes goes on without.");
    }
    session().err().print(question + " [y/N] ");
    session().err().flush();
    String answer = session().answer().get().strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new CliException(Exit.REFUSED, denied + "; nothing was written", "");
    }
  }
}

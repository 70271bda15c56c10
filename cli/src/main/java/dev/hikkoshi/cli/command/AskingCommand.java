package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.ShortTime;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.view.Ages;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command that asks the controller for something, in the name of a person who says why. It is
 * written as an annotation; the controller does it, or says why not.
 */
abstract class AskingCommand extends PersonCommand {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Parameters(paramLabel = "ENV", description = "Name of the environment.")
  private String name = "";

  @Option(names = "--wait", description = "Wait until the controller has done it.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = ShortTime.class,
      description = "Longest wait: 30s, 5m (default: 1m); exit code 4 after it.")
  private Duration timeout = Duration.ofMinutes(1);

  final String name() {
    return name;
  }

  /** The record, or an error where it could not be read. */
  static EnvironmentRecord record(Known known) {
    return switch (known.record()) {
      case Observation.Known<EnvironmentRecord>(EnvironmentRecord record) -> record;
      case Observation.Unknown<EnvironmentRecord>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE,
              "%s of %s could not be read: %s".formatted(what, known.name(), why),
              "");
    };
  }

  /** The controller says the same: what is refused here need not be written. */
  final void refuse(Order order, EnvironmentRecord record) {
    order
        .refusal(record)
        .ifPresent(
            why -> {
              throw new CliException(Exit.REFUSED, name + ": " + why, "");
            });
  }

  /** Whether something is so before the time is over; says so when it is not. */
  final boolean until(BooleanSupplier so, String late) {
    Instant end = session().clock().instant().plus(timeout);
    while (!so.getAsBoolean()) {
      boolean over = !session().clock().instant().isBefore(end);
      if (over || !session().pause().lasting(BETWEEN_LOOKS)) {
        session().say(late.formatted(Ages.text(timeout)));
        return false;
      }
    }
    return true;
  }

  /**
   * What became of an order.
   *
   * @param done whether the controller took it; false too where nobody waited for that
   */
  record Asked(String id, String author, boolean done) {}

  /** Gives the order to the controller and waits for it, with {@code --wait}. */
  final Asked ask(ManagementCluster management, Order order) {
    Commands commands = management.commands(session().clock());
    String id = commands.ask(name, order);
    return new Asked(id, order.author(), wait && taken(commands, id));
  }

  private boolean taken(Commands commands, String id) {
    return until(
        () -> !commands.waiting(name, id),
        "the controller has not taken the request in %s; it stays and is taken later. Does it run?");
  }

  /** What every such document begins with. */
  final ObjectNode document(String kind, Asked asked) {
    return Documents.of(kind)
        .put("environment", name)
        .put("id", asked.id())
        .put("author", asked.author())
        .put("reason", reason());
  }

  /** Whoever waited in vain is told by the code. */
  final Exit exit(boolean done) {
    return wait && !done ? Exit.TIMED_OUT : Exit.OK;
  }

  /** The move that goes on, or the last one. */
  final MoveRecord move(EnvironmentRecord record) {
    return record
        .move()
        .orElseThrow(() -> new CliException(Exit.REFUSED, name + " has no move", ""));
  }
}

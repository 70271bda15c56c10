package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.output.ShortTime;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
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

  final boolean waits() {
    return wait;
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

  /** Whether the controller took the request, in time. */
  final boolean taken(Commands commands, String id) {
    return until(
        () -> !commands.waiting(name, id),
        "the controller has not taken the request in %s; it stays and is taken later. Does it run?");
  }
}

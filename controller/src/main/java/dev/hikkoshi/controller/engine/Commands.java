package dev.hikkoshi.controller.engine;

import dev.hikkoshi.environments.record.Order;
import java.util.List;

/** What people ask of an environment, apart from Git. */
public interface Commands {

  /**
   * What a person asks.
   *
   * @param id unique; the same when it is read again
   */
  record Command(String id, Order order) {}

  /**
   * What is asked and not yet acknowledged, oldest first.
   *
   * @throws dev.hikkoshi.environments.record.RecordStore.RecordException when it could not be read
   */
  List<Command> pending(String environment);

  /**
   * Acknowledges a command after it was applied and saved. When this is interrupted the command is
   * read again, and the record tells that it was applied.
   *
   * @throws dev.hikkoshi.environments.record.RecordStore.RecordException when that was not possible
   */
  void done(String environment, Command command);
}

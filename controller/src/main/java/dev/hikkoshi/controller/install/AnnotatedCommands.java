package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.record.Commands.Pending;
import dev.hikkoshi.controller.engine.Commands;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.util.List;

/** Commands as annotations of Environment objects, with failures in the core's words. */
record AnnotatedCommands(dev.hikkoshi.clusters.record.Commands annotations) implements Commands {

  @Override
  public List<Command> pending(String environment) {
    try {
      return annotations.pending(environment).stream()
          .map(pending -> new Command(pending.id(), pending.order()))
          .toList();
    } catch (KubeException e) {
      throw new RecordException("commands could not be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void done(String environment, Command command) {
    try {
      annotations.acknowledge(new Pending(environment, command.id(), command.order()));
    } catch (KubeException e) {
      throw new RecordException("a command could not be acknowledged: " + e.getMessage(), e);
    }
  }
}

package dev.hikkoshi.sandbox.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param name unique among those that run, for example {@code shop-1-37-1/kube-apiserver}
 * @param command the executable and its arguments
 * @param environment the whole environment
 * @param directory the working directory
 * @param log standard output and error are added to this file
 */
public record ChildSpec(
    String name, List<String> command, Map<String, String> environment, Path directory, Path log) {

  public ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}

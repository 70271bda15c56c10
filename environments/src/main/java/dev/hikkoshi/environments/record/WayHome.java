package dev.hikkoshi.environments.record;

import java.util.List;
import java.util.Optional;

/**
 * How a person brings one route's traffic home without Hikkoshi, as literal commands of the AWS
 * command line. They set every side of ours to a fixed weight, so that they are right from before
 * the write that is in work to after it, and may be run twice.
 *
 * @param home the side that gets everything
 * @param role with whose credentials they have to be run, where the route is in another account
 * @param commands in order, each one line that a POSIX shell reads as it stands
 */
public record WayHome(String home, Optional<String> role, List<String> commands) {

  public WayHome {
    commands = List.copyOf(commands);
  }
}

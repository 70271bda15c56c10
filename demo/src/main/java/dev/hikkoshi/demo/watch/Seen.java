package dev.hikkoshi.demo.watch;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.List;

/**
 * The status of the environment at one moment.
 *
 * @param at when the demo saw it
 * @param banner the sentences that the controller shows to people, empty while it shows none
 * @param failing the checks that fail now
 * @param problems why the newest commit is not followed
 */
public record Seen(
    Instant at,
    EnvironmentRecord record,
    List<String> banner,
    List<FailingCheck> failing,
    List<String> problems) {

  /** A check with the verdict fail. */
  public record FailingCheck(String name, String subject, String evidence) {}

  public Seen {
    banner = List.copyOf(banner);
    failing = List.copyOf(failing);
    problems = List.copyOf(problems);
  }
}

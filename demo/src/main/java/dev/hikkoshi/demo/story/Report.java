package dev.hikkoshi.demo.story;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * What the demo measured, as it is written to a file. The component names are the keys: others read
 * them. Shares are in percent, out of the load generator's own ledger; times are in seconds.
 *
 * @param ok whether all of it happened
 * @param phases how long each phase of each move took
 * @param pollSeconds between two looks of the controller at Git
 * @param ttlSeconds as the name server answered
 * @param insyncSeconds the longest time from a write to INSYNC
 */
@JsonPropertyOrder({
  "ok",
  "routes",
  "steps",
  "revert",
  "phases",
  "tools",
  "build",
  "pollSeconds",
  "ttlSeconds",
  "insyncSeconds",
  "physics"
})
public record Report(
    boolean ok,
    SortedMap<String, Requests> routes,
    List<Step> steps,
    Revert revert,
    List<Phase> phases,
    Took tools,
    Took build,
    double pollSeconds,
    double ttlSeconds,
    double insyncSeconds,
    String physics) {

  /** A route's ledger. */
  public record Requests(long requests, long failed) {}

  /**
   * A share of a route; one that the revert cut off is not among them.
   *
   * @param kind {@code move} or {@code return}
   * @param samplesKind {@code requests}, or {@code answers} of the name server
   */
  public record Step(
      String move,
      String kind,
      String route,
      double intended,
      double measured,
      long samples,
      String samplesKind,
      boolean withinBound) {}

  /**
   * How fast traffic was home.
   *
   * @param pushToLastWriteSeconds from the push of the revert until the last weights were written
   * @param lastRequestOnNewSideSeconds by route, from then to the last request there
   */
  public record Revert(
      double pushToLastWriteSeconds, SortedMap<String, Double> lastRequestOnNewSideSeconds) {}

  /** A phase of a move. */
  public record Phase(String move, String name, double seconds) {}

  /** How long something took. */
  public record Took(double seconds) {}

  /**
   * Writes it.
   *
   * @throws DemoException when the file cannot be written
   */
  public void write(Path file) {
    try {
      Files.write(file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    } catch (IOException e) {
      throw new DemoException("could not write " + file + ": " + e.getMessage(), e);
    }
  }
}

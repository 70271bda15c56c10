package dev.hikkoshi.cli.adopt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A name or a rule that leads to the cluster today, and what would become of it.
 *
 * @param subject what it is, for people
 * @param route as environment.yaml has it; empty when it cannot be one
 * @param manages what Hikkoshi would write, and when
 * @param notes what a person should know of it
 * @param inTheWay what has to be done before, and how
 */
public record Proposal(
    String subject,
    Optional<Map<String, Object>> route,
    String manages,
    List<String> notes,
    List<String> inTheWay) {

  public Proposal {
    notes = List.copyOf(notes);
    inTheWay = List.copyOf(inTheWay);
  }

  /** What cannot be a route. */
  static Proposal none(String subject, String... why) {
    return new Proposal(subject, Optional.empty(), "", List.of(), List.of(why));
  }

  /** The route's name; empty when it is none. */
  public String name() {
    return route.map(r -> String.valueOf(r.get("name"))).orElse("");
  }
}

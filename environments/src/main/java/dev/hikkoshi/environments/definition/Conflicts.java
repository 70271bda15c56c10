package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.Reading.Bad;
import dev.hikkoshi.environments.definition.Reading.Good;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which environments claim the same. Neither is right and the other wrong: an order between them
 * would let a later commit take the traffic of an earlier one, so both are held.
 */
final class Conflicts {

  private record Claimant(String source, Place place) {}

  private final Map<String, List<Claimant>> byClaim = new HashMap<>();

  Conflicts(Map<String, List<Reading>> bySource) {
    SortedMap<String, List<Reading>> sorted = new TreeMap<>(bySource);
    sorted.forEach(
        (source, readings) ->
            readings.forEach(
                reading ->
                    reading
                        .claims()
                        .forEach(
                            claim ->
                                byClaim
                                    .computeIfAbsent(claim.what(), _ -> new ArrayList<>())
                                    .add(new Claimant(source, claim.place())))));
  }

  /** The reading itself, or a bad one that also says with whom it collides. */
  Reading judge(String source, Reading reading) {
    List<Problem> problems = new ArrayList<>();
    for (Claim claim : reading.claims()) {
      Claimant self = new Claimant(source, claim.place());
      byClaim.getOrDefault(claim.what(), List.of()).stream()
          .filter(other -> !other.equals(self))
          .map(other -> problem(claim, self, other))
          .forEach(problems::add);
    }
    if (problems.isEmpty()) {
      return reading;
    }
    return switch (reading) {
      case Good(Definition definition) ->
          new Bad(
              definition.folder(),
              Optional.of(definition.name()),
              problems,
              definition.claims(),
              Renderable.of(reading));
      case Bad bad -> {
        bad.problems().stream().filter(k -> !problems.contains(k)).forEach(problems::add);
        yield bad.with(problems);
      }
    };
  }

  private static Problem problem(Claim claim, Claimant self, Claimant other) {
    String where =
        self.source().equals(other.source())
            ? other.place().toString()
            : other.place() + " of source " + other.source();
    boolean itself =
        self.source().equals(other.source()) && self.place().file().equals(other.place().file());
    String hint = itself ? "one route has it" : "both are held until one gives it up";
    return new Problem(
        claim.place(),
        claim.what() + " is also claimed by " + where,
        Optional.of(hint),
        Optional.empty());
  }
}

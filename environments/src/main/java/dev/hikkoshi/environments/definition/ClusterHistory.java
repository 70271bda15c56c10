package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.observed.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SortedMap;
import java.util.function.Function;

/** Where in a first-parent chain the wanted cluster came to be another one (rule 8). */
public final class ClusterHistory {

  private ClusterHistory() {}

  /** The answer. */
  public sealed interface LastChange {

    /**
     * The change lies between two commits that could be read. Without skipped ones {@code before}
     * is the first parent of {@code after}.
     *
     * @param after the oldest commit that wants the newest commit's cluster
     * @param before the newest commit older than that; it wants another cluster
     * @param skipped commits in between whose definition is bad: they never were desired, so what
     *     they changed counts as changed together with the cluster
     */
    record Between(String after, String before, List<String> skipped) implements LastChange {}

    /** No commit of the chain wants another cluster. */
    record None() implements LastChange {}

    /** The environment did not exist before this commit. */
    record Born(String commit) implements LastChange {}

    /** A commit could not be looked at. */
    record Unknown(String commit, String why) implements LastChange {}
  }

  /**
   * Finds the last change of what needs a new cluster (the immutable fields and {@code
   * cluster.number}). Older commits are read only as far as needed.
   *
   * @param firstParents full commit ids, newest first
   * @param environment its name
   * @param readings what {@link Definitions#read} says of a commit; unknown when the commit could
   *     not be read at all
   */
  public static LastChange lastChange(
      SequencedCollection<String> firstParents,
      String environment,
      Function<String, Observation<List<Reading>>> readings) {
    Optional<SortedMap<String, String>> wanted = Optional.empty();
    String after = "";
    List<String> skipped = new ArrayList<>();
    for (String commit : firstParents) {
      switch (readings.apply(commit)) {
        case Observation.Unknown<List<Reading>>(_, String why) -> {
          return new LastChange.Unknown(commit, why);
        }
        case Observation.Known<List<Reading>>(List<Reading> all) -> {
          Optional<Reading> mine =
              all.stream().filter(r -> r.name().filter(environment::equals).isPresent()).findAny();
          if (mine.isEmpty() && wanted.isPresent() && all.stream().noneMatch(unnamed())) {
            return new LastChange.Born(after);
          }
          if (!(mine.orElse(null) instanceof Reading.Good(Definition definition))) {
            skipped.add(commit);
            continue;
          }
          SortedMap<String, String> fields = definition.cluster().immutable();
          if (wanted.isPresent() && !wanted.get().equals(fields)) {
            return new LastChange.Between(after, commit, List.copyOf(skipped));
          }
          wanted = Optional.of(fields);
          after = commit;
          skipped.clear();
        }
      }
    }
    return new LastChange.None();
  }

  /** A bad folder whose name could not be read may be the environment that is looked for. */
  private static java.util.function.Predicate<Reading> unnamed() {
    return reading -> reading.name().isEmpty();
  }
}

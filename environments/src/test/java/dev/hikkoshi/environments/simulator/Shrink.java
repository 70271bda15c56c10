package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.simulator.Disturbances.Disturbance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes disturbances out of a run that broke a rule for as long as the same rule breaks: halves
 * first, single ones in the end (delta debugging: Zeller and Hildebrandt, 2002). What is left is
 * minimal in that none of it can be missed; another and smaller set may exist.
 */
final class Shrink {

  private final Function<Disturbances, Simulation> again;
  private int runs;

  private Shrink(Function<Disturbances, Simulation> again) {
    this.again = again;
  }

  /**
   * What is left.
   *
   * @param rule as it broke in the smallest run
   * @param needed in order; none when the rule breaks in an undisturbed world
   * @param before how many took place in the run that was to be shrunk
   * @param runs how many runs it took
   */
  record Smallest(String rule, List<Disturbance> needed, int before, int runs) {

    Smallest {
      needed = List.copyOf(needed);
    }

    /** What replays it. */
    String arguments() {
      return needed.stream()
          .map(d -> Integer.toString(d.number()))
          .collect(Collectors.joining(","));
    }
  }

  /** A run that broke a rule. */
  private record Broken(String rule, List<Disturbance> met) {

    /** The rule without what it says of this run. */
    String kind() {
      int colon = rule.indexOf(':');
      return colon < 0 ? rule : rule.substring(0, colon);
    }
  }

  /**
   * Shrinks a run.
   *
   * @param again the same run with these disturbances
   * @return empty when it breaks no rule
   */
  static Optional<Smallest> of(Function<Disturbances, Simulation> again) {
    Shrink shrink = new Shrink(again);
    return shrink.run(Disturbances.all()).map(shrink::smallest);
  }

  private Smallest smallest(Broken whole) {
    Broken now = whole;
    int parts = 2;
    while (!now.met().isEmpty()) {
      Optional<Broken> smaller = smaller(now, parts);
      if (smaller.isPresent()) {
        now = smaller.get();
        parts = Math.max(2, parts - 1);
      } else if (parts >= now.met().size()) {
        break;
      } else {
        parts = Math.min(now.met().size(), 2 * parts);
      }
    }
    return new Smallest(now.rule(), now.met(), whole.met().size(), runs);
  }

  /** One of so many parts can be missed. */
  private Optional<Broken> smaller(Broken now, int parts) {
    List<Disturbance> met = now.met();
    int size = Math.ceilDiv(met.size(), Math.min(parts, met.size()));
    for (int from = 0; from < met.size(); from += size) {
      Set<Integer> rest = met.stream().map(Disturbance::number).collect(Collectors.toSet());
      met.subList(from, Math.min(met.size(), from + size)).forEach(d -> rest.remove(d.number()));
      Optional<Broken> found =
          run(Disturbances.only(rest))
              .filter(broken -> broken.kind().equals(now.kind()))
              .filter(broken -> broken.met().size() < met.size());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Broken> run(Disturbances disturbances) {
    runs++;
    return again.apply(disturbances).broken().map(rule -> new Broken(rule, disturbances.met()));
  }
}

package dev.hikkoshi.environments.mutants;

import dev.hikkoshi.environments.check.analysis.ClopperPearson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How many of which package's mutants were noticed, by whom. */
final class Tally {

  /** The packages that the simulator drives; the rest of check is doctor's and pure arithmetic. */
  static final Set<String> SIMULATED = Set.of("plan", "move");

  private static final double WHOLE = 100;
  private static final double ALPHA = 0.05;

  private final Map<Mutation, Verdict> verdicts;

  Tally(Map<Mutation, Verdict> verdicts) {
    this.verdicts = new LinkedHashMap<>(verdicts);
  }

  /** A share of mutants that were noticed. */
  record Share(long noticed, long of) {

    double percent() {
      return of == 0 ? 0 : WHOLE * noticed / of;
    }

    /** At least so many percent are, with 95 % confidence, if these were drawn by chance. */
    double least() {
      return of == 0 ? 0 : WHOLE * ClopperPearson.lower(noticed, of, ALPHA);
    }

    @Override
    public String toString() {
      return "%.1f %% (%,d of %,d)".formatted(percent(), noticed, of);
    }
  }

  /** By the simulator, of plan and move. */
  Share simulator() {
    return share(SIMULATED, Verdict::bySimulator);
  }

  /** By the simulator or a unit test, of all. */
  Share all() {
    return share(Set.copyOf(Catalogue.PARTS), Verdict::bySomebody);
  }

  private Share share(Set<String> parts, Predicate<Verdict> noticed) {
    List<Verdict> of =
        verdicts.entrySet().stream()
            .filter(e -> parts.contains(e.getKey().part()))
            .map(Map.Entry::getValue)
            .toList();
    return new Share(of.stream().filter(noticed).count(), of.size());
  }

  /** A line for each package. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    for (String part : Catalogue.PARTS) {
      lines.add(
          "%-6s by the simulator %-24s by simulator and tests %s"
              .formatted(
                  part,
                  share(Set.of(part), Verdict::bySimulator),
                  share(Set.of(part), Verdict::bySomebody)));
    }
    return lines;
  }

  /** Those of plan and move that only tests noticed, and those that nobody did. */
  List<String> missed() {
    List<String> lines = new ArrayList<>();
    verdicts.forEach(
        (mutation, verdict) -> {
          boolean simulated = SIMULATED.contains(mutation.part());
          if (!verdict.bySomebody()) {
            lines.add("nobody: " + mutation.told());
          } else if (simulated && !verdict.bySimulator()) {
            lines.add("tests only: %s  [%s]".formatted(mutation.told(), verdict.how()));
          }
        });
    return lines.stream().sorted().toList();
  }
}

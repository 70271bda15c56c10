package dev.hikkoshi.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.model.ModelGraph.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The graph of the model beside the Java code: what the planner does in a calm world the model
 * allows, and every edge of the model is taken by the planner.
 */
final class ModelEdgesIT {

  /** So long nothing that can be seen happens before the next commit comes all the same. */
  private static final Duration QUIET = Duration.ofMinutes(15);

  /** Every name that a cluster of these runs can have. */
  private static final Set<String> ANY =
      IntStream.rangeClosed(1, 9)
          .boxed()
          .flatMap(n -> Stream.of("shop-1-36-" + n, "shop-1-37-" + n))
          .collect(Collectors.toSet());

  @TempDir Path work;

  @Test
  void theCodeTakesEveryEdgeOfTheModelAndNoOther() throws Exception {
    // Given
    ModelGraph model = graph();
    Set<List<Seen>> taken = new HashSet<>();

    // When: Git changes its mind three times, each at every state that is met on the way
    for (int second = 0; second < 10; second++) {
      for (int third = 0; third < 10; third++) {
        for (List<Seen> step : run(second, third)) {
          // Then
          assertThat(model.joined(step.getFirst(), step.getLast(), 2))
              .as("%s; the model follows it by %s", step, model.after(step.getFirst()))
              .isTrue();
          taken.add(step);
        }
      }
    }
    List<List<Seen>> missed = new ArrayList<>();
    model
        .edges()
        .forEach(
            (from, all) ->
                all.stream()
                    .map(to -> List.of(from, to))
                    .filter(edge -> !taken.contains(edge))
                    .forEach(missed::add));
    assertThat(missed).as("edges of the model that the code never took").isEmpty();
  }

  private ModelGraph graph() throws Exception {
    Tlc said =
        Tlc.check(
            Tlc.folder().resolve("edges.cfg"),
            work,
            "-dump",
            "dot,actionlabels",
            work.resolve("edges.dot").toString());
    assertThat(said.exit()).as(said.output()).isZero();
    return ModelGraph.parse(Files.readString(work.resolve("edges.dot")));
  }

  /** The steps of one run that can be seen, the second and third commit after so many of them. */
  private static List<List<Seen>> run(int second, int third) {
    Scenario scenario = Scenario.serving(wish("1.36"));
    List<List<Seen>> steps = new ArrayList<>();
    Seen here = seen(scenario, "a");
    String[] wanted = {"b", "a", "b"};
    int[] after = {second, third, Integer.MAX_VALUE};
    for (int commit = 0; commit < wanted.length; commit++) {
      String git = wanted[commit];
      scenario.commit(wish(git.equals("a") ? "1.36" : "1.37"));
      here = note(steps, here, seen(scenario, git));
      int met = 0;
      Instant until = scenario.now().plus(QUIET);
      while (scenario.now().isBefore(until) && met < after[commit]) {
        Seen next = seen(scenario.turn(), git);
        if (!next.equals(here)) {
          here = note(steps, here, next);
          met++;
          until = scenario.now().plus(QUIET);
        }
      }
    }
    return steps;
  }

  private static Seen note(List<List<Seen>> steps, Seen from, Seen to) {
    steps.add(List.of(from, to));
    return to;
  }

  private static Wishes wish(String version) {
    Duration dwell = Duration.ofMinutes(1);
    return Wishes.sample(version)
        .routes(true, false)
        .steps(
            List.of(50, 100).stream().map(p -> new Step(p, dwell, dwell.plusMinutes(9))).toList())
        .approved(ANY);
  }

  private static Seen seen(Scenario scenario, String git) {
    Set<String> there = scenario.versions();
    return new Seen(
        level(scenario, "1.36"),
        level(scenario, "1.37"),
        there.contains("1.36"),
        there.contains("1.37"),
        git);
  }

  private static int level(Scenario scenario, String version) {
    Sides sides = scenario.sides("web");
    List<String> own =
        sides.of().keySet().stream().filter(s -> scenario.version(s).equals(version)).toList();
    double share = own.stream().mapToDouble(sides::share).sum();
    return own.isEmpty() ? -1 : share == 0 ? 0 : share == 1 ? 2 : 1;
  }
}

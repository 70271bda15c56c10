package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.clusters.charts.ChartException;
import dev.hikkoshi.clusters.helm.DryRender;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.definition.Renderable;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Renders an environment's releases for the cluster that it asks for, for their problems alone. */
public final class TrialRender {

  /** Releases that are named in one sentence; the rest is counted. */
  private static final int NAMED = 3;

  private final Worker worker;

  /**
   * A trial.
   *
   * @param worker started with the first release
   */
  public TrialRender(Worker worker) {
    this.worker = worker;
  }

  /**
   * How it went.
   *
   * @param rendered how many releases were rendered, well or not
   * @param problems what is wrong in the files, by file and line
   * @param passed what was not rendered
   */
  public record Result(int rendered, List<Problem> problems, List<Passed> passed) {

    /** Nothing was asked for. */
    public static final Result NONE = new Result(0, List.of(), List.of());

    public Result {
      problems = problems.stream().sorted(Problem.ORDER).toList();
      passed = List.copyOf(passed);
    }
  }

  /**
   * A release that was not rendered.
   *
   * @param release empty where its name could not even be read
   * @param outside whether something is missing that no file of the repository gives: a chart
   *     server's answer, a key, a render process
   */
  public record Passed(Optional<ReleaseId> release, String why, boolean outside) {}

  /** Renders what can be rendered of a reading. */
  public Result of(Reading reading) {
    Renderable what = Renderable.of(reading);
    List<Passed> passed = new ArrayList<>();
    new TreeSet<>(what.touched())
        .forEach(id -> passed.add(first(Optional.of(id), "what is wrong with it comes first")));
    if (reading instanceof Reading.Bad && what.releases().isEmpty() && passed.isEmpty()) {
      passed.add(first(Optional.empty(), "no release can be read before that"));
    }
    if (what.facts().isEmpty()) {
      what.releases()
          .forEach(
              release ->
                  passed.add(
                      first(
                          Optional.of(release.id()),
                          "the files do not say yet what its cluster would be")));
      return new Result(0, List.of(), passed);
    }
    if (what.releases().isEmpty()) {
      return new Result(0, List.of(), passed);
    }
    try {
      DryRender dry = new DryRender(worker.renderer(), Worker.WIDTH);
      return result(dry.all(what.releases(), what.facts().get()), passed);
    } catch (RenderException | ChartException | CliException e) {
      String why = "nothing can be rendered just now: " + e.getMessage();
      what.releases().stream()
          .map(WantedRelease::id)
          .forEach(id -> passed.add(new Passed(Optional.of(id), why, true)));
      return new Result(0, List.of(), passed);
    }
  }

  private static Passed first(Optional<ReleaseId> release, String why) {
    return new Passed(release, why, false);
  }

  /** What is wrong once is told once, whatever number of releases have it. */
  private record Told(Place place, String message) {}

  private Result result(SortedMap<ReleaseId, DryRender.Result> results, List<Passed> passed) {
    Map<Told, SortedSet<ReleaseId>> of = new LinkedHashMap<>();
    Map<Told, Problem> problems = new LinkedHashMap<>();
    int rendered = 0;
    for (Map.Entry<ReleaseId, DryRender.Result> one : results.entrySet()) {
      if (one.getValue() instanceof DryRender.Result.Bad bad) {
        if (outside(bad)) {
          passed.add(new Passed(Optional.of(one.getKey()), bad.problem(), true));
          continue;
        }
        for (Problem problem : bad.problems()) {
          Told told = new Told(problem.place(), problem.message());
          problems.putIfAbsent(told, problem);
          of.computeIfAbsent(told, _ -> new TreeSet<>()).add(one.getKey());
        }
      }
      rendered++;
    }
    return new Result(
        rendered,
        problems.entrySet().stream().map(e -> named(e.getValue(), names(of, e.getKey()))).toList(),
        passed);
  }

  private static Collection<ReleaseId> names(Map<Told, SortedSet<ReleaseId>> of, Told told) {
    return of.getOrDefault(told, new TreeSet<>());
  }

  private boolean outside(DryRender.Result.Bad bad) {
    return bad.kind() == RenderException.Kind.FETCH
        || (bad.kind() == RenderException.Kind.SECRET && !worker.hasKeys());
  }

  private static Problem named(Problem problem, Collection<ReleaseId> releases) {
    String names =
        releases.stream().limit(NAMED).map(ReleaseId::toString).collect(Collectors.joining(", "));
    int more = releases.size() - NAMED;
    return new Problem(
        problem.place(),
        "%s%s %s not render: %s"
            .formatted(
                names,
                more > 0 ? " and %d more".formatted(more) : "",
                releases.size() == 1 ? "does" : "do",
                problem.message()),
        problem.hint(),
        problem.excerpt());
  }
}

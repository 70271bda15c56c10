package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.RouteStatus;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RunOnce;
import dev.hikkoshi.environments.view.EnvironmentView.CheckLine;
import dev.hikkoshi.environments.view.EnvironmentView.ClusterLine;
import dev.hikkoshi.environments.view.EnvironmentView.HoldLine;
import dev.hikkoshi.environments.view.EnvironmentView.MoveLine;
import dev.hikkoshi.environments.view.EnvironmentView.ReleaseLine;
import dev.hikkoshi.environments.view.EnvironmentView.RouteLine;
import dev.hikkoshi.environments.view.EnvironmentView.WaitLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a view. */
final class Lines {

  /** More than that nobody reads, and a status must stay small. */
  private static final int MOST = 50;

  private Lines() {}

  static Optional<MoveLine> move(Plan plan) {
    return plan.record()
        .move()
        .map(
            m ->
                new MoveLine(
                    m.id(),
                    m.from().orElse(""),
                    m.to(),
                    m.phase().word(),
                    m.phase().since(),
                    m.commit()));
  }

  static List<ClusterLine> clusters(Optional<Observed> observed, Plan plan) {
    return plan.record().clusters().values().stream()
        .filter(c -> c.life().exists())
        .map(
            c ->
                new ClusterLine(
                    c.name(),
                    c.version(),
                    life(c.life()),
                    c.life().since(),
                    status(observed, c),
                    releases(observed, c) + once(plan.record(), c)))
        .toList();
  }

  /** Where serving-only work runs, or is being stopped. */
  private static String once(EnvironmentRecord record, ClusterRecord cluster) {
    return switch (record.runOnce().orElse(null)) {
      case RunOnce.At at when at.cluster().equals(cluster.name()) -> ", run-once work here";
      case RunOnce.Passing p when p.from().equals(cluster.name()) -> ", run-once work stops";
      case RunOnce.Passing p when p.to().equals(cluster.name()) -> ", run-once work to come";
      case RunOnce.At _, RunOnce.Passing _ -> "";
      case null -> "";
    };
  }

  static String life(ClusterLife life) {
    return switch (life) {
      case ClusterLife.Building _ -> "building";
      case ClusterLife.Serving _ -> "serving";
      case ClusterLife.Kept _ -> "kept warm";
      case ClusterLife.Drained _ -> "drained";
      case ClusterLife.Abandoned _ -> "abandoned";
      case ClusterLife.Retiring r -> "retiring: " + r.stage().name().toLowerCase(Locale.ROOT);
      case ClusterLife.Gone _ -> "gone";
    };
  }

  private static String status(Optional<Observed> observed, ClusterRecord cluster) {
    Observation<List<ClusterSeen>> seen =
        observed.map(Observed::clusters).orElse(Observation.unknown("clusters", "not looked at"));
    return switch (seen) {
      case Unknown<List<ClusterSeen>> _ -> "unknown";
      case Known<List<ClusterSeen>>(List<ClusterSeen> all) ->
          all.stream()
              .filter(c -> c.name().equals(cluster.name()))
              .map(c -> c.status().name())
              .findFirst()
              .orElse("absent");
    };
  }

  private static String releases(Optional<Observed> observed, ClusterRecord cluster) {
    Optional<InsideSeen> inside =
        observed.map(o -> o.inside().get(cluster.name())).flatMap(seen -> seen.known());
    return inside
        .map(
            i -> {
              long wanted = wanted(i).count();
              long ready = wanted(i).filter(Lines::ready).count();
              return ready + " of " + wanted + " ready";
            })
        .orElse("unknown");
  }

  private static Stream<ReleaseSeen> wanted(InsideSeen inside) {
    return inside.releases().values().stream().filter(r -> r.rendered().isPresent());
  }

  private static boolean ready(ReleaseSeen release) {
    return release.synced() && release.health().healthy();
  }

  /** What does not render comes before what only was not written yet: no crowd may hide it. */
  static List<ReleaseLine> releases(Optional<Observed> observed) {
    List<ReleaseLine> unrendered = new ArrayList<>();
    List<ReleaseLine> others = new ArrayList<>();
    observed.ifPresent(
        o ->
            new TreeMap<>(o.inside())
                .forEach(
                    (cluster, seen) ->
                        seen.known()
                            .ifPresent(
                                inside ->
                                    inside.releases().values().stream()
                                        .filter(r -> !problem(r).isEmpty())
                                        .sorted(Comparator.comparing(ReleaseSeen::id))
                                        .forEach(
                                            r ->
                                                problem(
                                                    cluster,
                                                    r,
                                                    unrendered(r) ? unrendered : others)))));
    return Stream.concat(unrendered.stream(), others.stream()).limit(MOST).toList();
  }

  private static boolean unrendered(ReleaseSeen release) {
    return release.rendered().orElse(null) instanceof Rendered.Failed;
  }

  private static void problem(String cluster, ReleaseSeen release, List<ReleaseLine> lines) {
    String text = problem(release);
    if (!text.isEmpty()) {
      lines.add(new ReleaseLine(cluster, release.id().toString(), text));
    }
  }

  private static String problem(ReleaseSeen release) {
    if (release.rendered().isEmpty()) {
      return "recorded, but not wanted any more";
    }
    if (release.rendered().get() instanceof Rendered.Failed(String problem)) {
      return problem;
    }
    boolean foreign = release.deployed().filter(r -> !r.ours()).isPresent();
    if (foreign) {
      return "revision %d is not ours".formatted(release.deployed().orElseThrow().revision());
    }
    if (!release.synced()) {
      return "not synced";
    }
    String health =
        switch (release.health()) {
          case Health.Healthy _ -> "";
          case Health.Progressing(String why) -> why;
          case Health.Failing(String why) -> why;
          case Health.Missing _ -> "nothing is deployed";
        };
    if (!health.isEmpty()) {
      return health;
    }
    return release.drifted().isEmpty()
        ? ""
        : "drifted: " + String.join(", ", release.drifted().stream().limit(5).toList());
  }

  static List<RouteLine> routes(Optional<Observed> observed, Plan plan) {
    return plan.routes().stream().map(r -> route(observed, r)).toList();
  }

  private static RouteLine route(Optional<Observed> observed, RouteStatus r) {
    return new RouteLine(
        r.name(),
        r.sides().map(Lines::shares).orElse("unknown"),
        r.gaining(),
        r.step(),
        r.steps(),
        Math.round(r.wantedShare() * 10_000) / 100.0,
        measured(observed, r),
        doing(r.progress()));
  }

  static String shares(Sides sides) {
    if (sides.of().isEmpty()) {
      return "nobody";
    }
    return sides.of().keySet().stream()
        .map(name -> name + " " + percent(sides.share(name)))
        .collect(Collectors.joining(", "));
  }

  /** {@code 25 %}, {@code 0.99 %}. */
  static String percent(double share) {
    double percent = share * 100;
    return percent == Math.rint(percent)
        ? Math.round(percent) + " %"
        : String.format(Locale.ROOT, "%.2f %%", percent);
  }

  private static String measured(Optional<Observed> observed, RouteStatus r) {
    Map<String, Observation<Measured>> all = observed.map(Observed::measured).orElse(Map.of());
    return Optional.ofNullable(all.get(r.name()))
        .flatMap(seen -> seen.known())
        .filter(m -> m.total() > 0)
        .map(
            m ->
                String.format(
                    Locale.ROOT,
                    "%.2f %% of %,d %s",
                    100.0 * m.of(r.gaining()) / m.total(),
                    m.total(),
                    m.unit().name().toLowerCase(Locale.ROOT)))
        .orElse("");
  }

  private static String doing(RouteProgress progress) {
    return switch (progress) {
      case RouteProgress.Waiting _ -> "waiting";
      case RouteProgress.Writing _ -> "writing";
      case RouteProgress.Settling _ -> "settling";
      case RouteProgress.Attached _ -> "attached";
      case RouteProgress.Watching _ -> "watching";
      case RouteProgress.Judged j -> "judged: " + j.evidence();
    };
  }

  static List<HoldLine> holds(Plan plan) {
    return plan.record().holds().stream()
        .map(
            h ->
                new HoldLine(
                    h.scope().name().toLowerCase(Locale.ROOT),
                    h.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    h.subject(),
                    h.text(),
                    h.since()))
        .toList();
  }

  static List<CheckLine> checks(Plan plan) {
    return plan.checks().stream().distinct().limit(MOST).map(Lines::check).toList();
  }

  private static CheckLine check(Check c) {
    return new CheckLine(c.name(), c.subject(), c.verdict().word(), c.verdict().evidence());
  }

  static List<WaitLine> waits(Plan plan) {
    return plan.waits().stream()
        .distinct()
        .limit(MOST)
        .map(
            w ->
                new WaitLine(
                    w.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    w.subject(),
                    w.sentence(),
                    w.until()))
        .toList();
  }
}

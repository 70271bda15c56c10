package dev.hikkoshi.clusters.record;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Records of an environment in mid-move, for tests. */
final class Records {

  static final Instant AT = Instant.parse("2026-11-24T01:02:03.123456Z");

  private Records() {}

  /** {@code ENV-1-36-1} is home, {@code ENV-1-37-2} gains share. */
  static EnvironmentRecord moving(String environment) {
    String from = environment + "-1-36-1";
    String to = environment + "-1-37-2";
    return EnvironmentRecord.fresh(environment)
        .with(cluster(from, 1, "1.36", new ClusterLife.Serving(AT)))
        .with(cluster(to, 2, "1.37", new ClusterLife.Serving(AT)))
        .with(move(to + "-m1", Optional.of(from), to, AT));
  }

  static ClusterRecord cluster(String name, int number, String version, ClusterLife life) {
    return new ClusterRecord(
        name,
        number,
        version,
        new TreeMap<>(),
        new TreeMap<>(),
        "c0ffee",
        Optional.of(new Identity("arn:aws:eks:ap-northeast-1:111122223333:cluster/" + name, AT)),
        "token-" + name,
        life,
        new TreeMap<>(),
        Optional.of(AT),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  static MoveRecord move(String id, Optional<String> from, String to, Instant startedAt) {
    TreeMap<String, RouteMove> routes = new TreeMap<>();
    routes.put("web", new RouteMove(false, new RouteProgress.Watching(3, startedAt)));
    routes.put("api", new RouteMove(false, new RouteProgress.Watching(2, startedAt)));
    List<Step> steps =
        List.of(1, 5, 25, 50, 100).stream()
            .map(percent -> new Step(percent, Duration.ofMinutes(10), Duration.ofHours(1)))
            .toList();
    return new MoveRecord(
        id,
        from,
        to,
        "c0ffee",
        startedAt,
        new MovePhase.Stepping(startedAt),
        steps,
        routes,
        new TreeMap<>(),
        false);
  }
}

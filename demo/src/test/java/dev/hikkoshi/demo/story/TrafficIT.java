package dev.hikkoshi.demo.story;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Processes;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.demo.watch.StepSeen.Kind;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of both kinds of route in a real region, whose weights somebody moves. */
class TrafficIT {

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path root;

  private static StepSeen step(String route, int percent, Instant effective) {
    return new StepSeen(
        "move",
        Kind.MOVE,
        route,
        1,
        "green",
        percent,
        Optional.empty(),
        Optional.empty(),
        Optional.of(effective),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static ClusterRecord cluster(String name, String balancer) {
    return new ClusterRecord(
        name,
        1,
        "1.37",
        new TreeMap<>(),
        new TreeMap<>(),
        "c0ffee",
        Optional.empty(),
        name,
        new ClusterLife.Serving(Instant.EPOCH),
        new TreeMap<>(Map.of(Traffic.WEB, balancer)),
        Optional.of(Instant.EPOCH),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  private static void awaitShare(Traffic traffic, int percent) {
    Instant effective = CLOCK.instant();
    for (String route : Traffic.ROUTES) {
      StepSeen step = step(route, percent, effective);
      await()
          .atMost(ofSeconds(90))
          .until(() -> traffic.judge(step).samples() >= ShareJudgement.LEAST);
      ShareJudgement judged = traffic.judge(step);
      assertThat(judged.withinBound()).as("%s: %s", route, judged).isTrue();
    }
  }

  @Test
  void sharesAreMeasuredAndNothingIsLostWhileWeightsMove() throws Exception {
    Folders folders = new Folders(root, Path.of(System.getProperty("hikkoshi.root", "..")));
    try (Processes processes = new Processes(folders);
        LocalRegion region = LocalRegion.start(folders, processes, "fast")) {
      // Given
      Belongings belongings = Belongings.make(region);
      try (TwoSides sides = TwoSides.make(region)) {
        sides.weights(75, 25);
        try (Traffic traffic = Traffic.start(region, belongings, CLOCK, Traffic.Crowd.usual())) {
          EnvironmentRecord record =
              EnvironmentRecord.fresh("shop")
                  .with(cluster("blue", sides.blueBalancer()))
                  .with(cluster("green", sides.greenBalancer()));
          traffic.learn(record);
          awaitShare(traffic, 25);
          // When
          sides.weights(50, 50);
          awaitShare(traffic, 50);
          sides.weights(0, 100);
          Thread.sleep(traffic.ttl().plusMillis(200)); // the resolvers' own time, not ours
          awaitShare(traffic, 100);
          // Then
          traffic.books().values().forEach(TrafficIT::requireNothingLost);
          print(traffic);
        }
      }
    }
  }

  private static void requireNothingLost(Books books) {
    assertThat(books.details()).isEmpty();
    assertThat(books.answers() + books.underWay()).isEqualTo(books.sent());
    assertThat(books.sentOnNewConnections()).isBetween(books.sent() / 2, books.sent() / 2 + 1);
  }

  private static void print(Traffic traffic) {
    var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long requests = traffic.books().values().stream().mapToLong(Books::sent).sum();
    System.out.printf(
        "traffic: %d requests, %.0f µs of processor each in this JVM (tests and sites included)%n",
        requests, os.getProcessCpuTime() / 1_000.0 / requests);
    traffic.books().forEach((route, books) -> System.out.println(route + " " + books));
  }
}

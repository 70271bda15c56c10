package dev.hikkoshi.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.engine.Turn;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is counted, as a Prometheus reads it. */
class MetricEventsTest {

  private static final Pattern NAME = Pattern.compile("hikkoshi_[a-z_]+");

  /** Asked of the engine rather than told. */
  private static final String LEADER = "hikkoshi_leader";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MetricEvents events = new MetricEvents(registry);

  private void turned(Scenario s) {
    Turn turn = new Turn("shop", Turn.State.BUSY, "moving", s.now(), s.now());
    Report report = new Report(s.observed(), s.plan(), s.record(), List.of());
    events.turned(turn, Optional.of(report), Duration.ofMillis(20));
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @Test
  void theWayBackIsCountedWhileThereIsOne() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).pass();

    // When
    turned(s);

    // Then
    assertThat(registry.scrape())
        .contains("hikkoshi_return_ready{environment=\"shop\",route=\"web\",} 1");

    // When
    turned(s.sick("shop-1-36-1", true).passes(Duration.ofMinutes(1)));

    // Then
    assertThat(registry.scrape())
        .contains("hikkoshi_return_ready{environment=\"shop\",route=\"web\",} 0");

    // When
    s.sick("shop-1-36-1", false).untilPhase("retiring");
    s.commit(Wishes.sample("1.37").approved(Set.of("shop-1-36-1"))).untilPhase("gone");
    turned(s);

    // Then
    assertThat(registry.scrape()).doesNotContain("hikkoshi_return_ready{");
  }

  @Test
  void whoDoesNotLeadAnyMoreSaysNothingOfWhatItSawWhenItLed() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);
    turned(s.sick("shop-1-36-1", true).freezeUnread(true).passes(Duration.ofMinutes(1)));
    assertThat(registry.scrape())
        .contains("hikkoshi_return_ready{", "hikkoshi_route_share{", "hikkoshi_frozen 1");

    // When
    Turn following =
        new Turn("shop", Turn.State.FOLLOWING, "another process leads", s.now(), s.now());
    events.turned(following, Optional.empty(), Duration.ofMillis(1));

    // Then
    assertThat(registry.scrape())
        .doesNotContain("hikkoshi_return_ready{", "hikkoshi_route_share{", "hikkoshi_holds{")
        .contains("hikkoshi_frozen 0");
  }

  @Test
  void aFreezeIsOneFigureForAllEnvironments() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).pass();
    turned(s);
    String free = registry.scrape();

    // When
    turned(s.freezeUnread(true).pass());

    // Then
    assertThat(free).contains("hikkoshi_frozen 0");
    assertThat(registry.scrape()).contains("hikkoshi_frozen 1");
  }

  @Test
  void theAlertsThatArePublishedAskForMetricsThatExist() throws IOException {
    // Given
    turned(Scenario.moving("stepping").pass());
    events.source("main", new SourceState.Head("c0ffee", Instant.EPOCH));
    Set<String> counted = names(registry.scrape());
    Path alerts = Path.of(System.getProperty("hikkoshi.root"), "deploy/monitoring/alerts.yaml");

    // When
    Set<String> asked = new TreeSet<>();
    Files.readAllLines(alerts).stream()
        .filter(line -> line.contains("expr:"))
        .forEach(line -> asked.addAll(names(line)));

    // Then
    asked.remove(LEADER);
    assertThat(asked).hasSizeGreaterThan(3);
    assertThat(counted).containsAll(asked);
  }
}

package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import dev.hikkoshi.environments.port.TemplateScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RenderCacheTest {

  private static final ReleaseId WEB = new ReleaseId("shop", "web");
  private static final String LARGE = "x".repeat(3_000);

  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final RenderShelf shelf = new RenderShelf(11_000);
  private final RenderCache old = new RenderCache(clock, shelf);
  private final RenderCache young = new RenderCache(clock, shelf);
  private final List<String> rendered = new ArrayList<>();

  private Attempt ask(RenderCache cluster, String content) {
    return cluster.get(
        WEB,
        content,
        () -> {
          rendered.add(content);
          return new Attempt.Bad(content + LARGE);
        });
  }

  @Test
  void allClustersTogetherTakeNoMoreThanOneMay() {
    // Given
    ask(old, "a");
    ask(young, "b");
    ask(young, "c");
    rendered.clear();

    // When
    ask(young, "c");
    ask(old, "a");

    // Then
    assertThat(rendered).containsExactly("a");
  }

  @Test
  void whatOneClusterRenderedIsNoAnswerForAnother() {
    // Given
    Attempt there = ask(old, "a");

    // When
    Attempt here = ask(young, "a");

    // Then
    assertThat(here).isNotSameAs(there);
    assertThat(ask(old, "a")).isSameAs(there);
    assertThat(rendered).containsExactly("a", "a");
  }

  private String digest(boolean skipCrds, String saidNamespace) {
    ReleaseSettings usual = ReleaseSettings.HELMFILE;
    ReleaseSettings settings =
        new ReleaseSettings(
            usual.createNamespace(),
            usual.awaitReady(),
            usual.waitForJobs(),
            usual.timeout(),
            usual.atomic(),
            usual.cleanupOnFail(),
            usual.historyMax(),
            skipCrds,
            usual.skipSchemaValidation(),
            usual.description());
    Templating templating =
        new Templating(TemplateScope.EMPTY, "", saidNamespace, "", "", List.of(), "");
    ChartSource chart = new ChartSource.Folder("charts/web", new TreeMap<>());
    return old.digest(new WantedRelease(WEB, settings, Map.of(), chart, List.of(), templating));
  }

  @Test
  void aCommitThatChangesOnlyHowAReleaseIsRenderedIsAnotherContent() {
    assertThat(digest(true, "shop")).isNotEqualTo(digest(false, "shop"));
    assertThat(digest(false, "")).isNotEqualTo(digest(false, "shop"));
    assertThat(digest(false, "shop")).isEqualTo(digest(false, "shop"));
  }
}

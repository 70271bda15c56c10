package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderCacheTest {

  private static final ReleaseId WEB = new ReleaseId("shop", "web");
  private static final String LARGE = "x".repeat(3_000);

  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final RenderShelf shelf = new RenderShelf(10_000);
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
}

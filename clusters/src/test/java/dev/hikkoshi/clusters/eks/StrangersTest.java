package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters of others are described once a minute, our own each time. */
class StrangersTest {

  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private final Strangers strangers = new Strangers(() -> now);

  @Test
  void nobodyIsAStrangerBeforeTheyWereMet() {
    // Then
    assertThat(strangers.other("blog-1-37-1", Set.of("shop"))).isFalse();
  }

  @Test
  void whoBelongsToAnotherOrToNobodyIsLeftOutForAMinute() {
    // Given
    strangers.met("blog-1-37-1", Optional.of("blog"));
    strangers.met("by-hand", Optional.empty());

    // Then
    assertThat(strangers.other("blog-1-37-1", Set.of("shop"))).isTrue();
    assertThat(strangers.other("by-hand", Set.of("shop"))).isTrue();

    // When
    now = now.plus(Duration.ofMinutes(1));

    // Then
    assertThat(strangers.other("blog-1-37-1", Set.of("shop"))).isFalse();
  }

  @Test
  void ourOwnAreNeverLeftOut() {
    // Given
    strangers.met("shop-1-37-1", Optional.of("shop"));

    // Then
    assertThat(strangers.other("shop-1-37-1", Set.of("shop"))).isFalse();
    assertThat(strangers.other("shop-1-37-1", Set.of("blog"))).isTrue();
  }

  @Test
  void aNameThatWeUseIsLookedAtAtOnce() {
    // Given
    strangers.met("shop-1-37-1", Optional.empty());

    // When
    strangers.forget("shop-1-37-1");

    // Then
    assertThat(strangers.other("shop-1-37-1", Set.of("shop"))).isFalse();
  }
}

package dev.hikkoshi.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.controller.testing.MemoryStore;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenamingTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T01:00:00Z"));
  private static final Wish RENAMED =
      Wish.of(
          Wishes.sample("1.36").stance(new Stance(Optional.of("store"), false, false)).desired());

  private final MemoryStore store = new MemoryStore();
  private final Renaming renaming = new Renaming(store, CLOCK);
  private final EnvironmentRecord serving = Scenario.serving(Wishes.sample("1.36")).record();

  private EnvironmentRecord of(String environment) {
    return store.load(environment).record();
  }

  private void remember(EnvironmentRecord record) {
    store.save(record, store.load(record.environment()).version());
  }

  @Test
  void whatIsRememberedGoesToTheNewNameAndLeavesTheOld() {
    // Given
    remember(serving.renamed("store", CLOCK.instant()));

    // When
    boolean worked = renaming.work(RENAMED);

    // Then
    assertThat(worked).isTrue();
    assertThat(of("shop").clusters()).isEqualTo(serving.clusters());
    assertThat(of("shop").routes()).isEqualTo(serving.routes());
    assertThat(of("shop").nextNumber()).isEqualTo(serving.nextNumber());
    assertThat(of("shop").journal().getLast().text()).isEqualTo("renamed from store");
    assertThat(of("store").blank()).isTrue();
    assertThat(renaming.work(RENAMED)).isFalse();
  }

  @Test
  void whatWasInterruptedAfterTheFirstSaveIsGoneOnWith() {
    // Given
    remember(serving.renamed("store", CLOCK.instant()));
    remember(serving);

    // When
    boolean worked = renaming.work(RENAMED);

    // Then
    assertThat(worked).isTrue();
    assertThat(of("shop")).isEqualTo(serving);
    assertThat(of("store").blank()).isTrue();
  }

  @Test
  void twoEnvironmentsWithClustersOfTheirOwnAreNotMixed() {
    // Given
    EnvironmentRecord other = Scenario.moving("soak").record().renamed("store", CLOCK.instant());
    remember(other);
    remember(serving);

    // When
    boolean worked = renaming.work(RENAMED);

    // Then
    assertThat(worked).isFalse();
    assertThat(of("store")).isEqualTo(other);
    assertThat(of("shop")).isEqualTo(serving);
  }

  @Test
  void aStoreThatIsAwayIsNoReasonToBeginAnew() {
    // Given
    store.away = true;

    // When, Then
    assertThatExceptionOfType(RecordException.class).isThrownBy(() -> renaming.work(RENAMED));
  }
}

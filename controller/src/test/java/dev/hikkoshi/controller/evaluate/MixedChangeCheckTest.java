package dev.hikkoshi.controller.evaluate;

import static dev.hikkoshi.controller.testing.LineDefinitions.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.testing.BlindGateways;
import dev.hikkoshi.controller.testing.LineDefinitions;
import dev.hikkoshi.controller.testing.MemorySource;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.simulator.SimulatedRegion;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MixedChangeCheckTest {

  private final LineDefinitions reader = new LineDefinitions();
  private final MemorySource source = new MemorySource("platform");
  private final SimulatedRegion region = new SimulatedRegion(3);
  private MixedChangeCheck mixed = new MixedChangeCheck(reader, region.gateways());

  /** 1.36 serves, as the first commit asked. */
  @BeforeEach
  void serve() {
    commit("shop 1.36 a1");
    Pass pass =
        new Pass(
            region.gateways(),
            new Observer(region.gateways(), Runnable::run),
            region.records(),
            region.clock(),
            () -> true);
    for (int passes = 0; region.web().receiving().isEmpty(); passes++) {
      assertThat(passes).isLessThan(1_000);
      pass.run(Wish.of(Wishes.sample("1.36").desired()));
      region.pass(Duration.ofSeconds(2));
    }
  }

  private void commit(String line) {
    source.commit(Map.of(file("shop"), line));
  }

  private Observation<MixedChange> judged() {
    String head = source.head().id();
    Standing standing =
        reader.read(source.tree(head), "").stream()
            .flatMap(reading -> LookBack.good(reading).stream())
            .map(definition -> new Standing(source, head, definition))
            .findFirst()
            .orElseThrow();
    return mixed.judge(standing, region.record());
  }

  @Test
  void theDefinitionThatServesIsNoChange() {
    assertThat(judged().knownAnd(MixedChange::same)).isTrue();
  }

  @Test
  void aCommitThatChangesOnlyTheClusterPassesWithoutRendering() {
    // Given
    mixed = new MixedChangeCheck(reader, BlindGateways.all());

    // When
    commit("shop 1.37 a1");

    // Then
    assertThat(judged().knownAnd(MixedChange::same)).isTrue();
  }

  @Test
  void aCommitThatChangesClusterAndAppsFailsWithTheReleasesThatDiffer() {
    // When
    commit("shop 1.37 a2");

    // Then
    MixedChange change = judged().known().orElseThrow();
    assertThat(change.same()).isFalse();
    assertThat(change.evidence())
        .contains("commit platform-c")
        .contains("changes the cluster and also")
        .contains("shop");
  }

  @Test
  void appCommitsBeforeAndAfterTheChangeOfTheClusterDoNotCount() {
    // When
    commit("shop 1.36 a2");
    commit("shop 1.37 a2");
    commit("shop 1.37 a3");

    // Then
    assertThat(judged().knownAnd(MixedChange::same)).isTrue();
  }

  @Test
  void whatABadCommitBetweenChangedCountsAsChangedWithTheCluster() {
    // When
    commit("bad shop");
    commit("shop 1.37 a2");

    // Then
    MixedChange change = judged().known().orElseThrow();
    assertThat(change.same()).isFalse();
    assertThat(change.evidence()).contains("with 1 bad ones before it");
  }

  @Test
  void aRevertIsJudgedByItself() {
    // When
    commit("shop 1.37 a1");
    commit("shop 1.36 a1");
    commit("shop 1.37 a1");

    // Then
    assertThat(judged().knownAnd(MixedChange::same)).isTrue();
  }

  @Test
  void whenTheOldSideCannotBeRenderedItIsUnknownAndAskedAgain() {
    // Given
    commit("shop 1.37 a2");
    mixed = new MixedChangeCheck(reader, BlindGateways.all());

    // When
    Observation<MixedChange> blind = judged();

    // Then
    assertThat(blind).isInstanceOf(Unknown.class);
    assertThat(((Unknown<MixedChange>) blind).why()).contains("nobody answers");
  }

  @Test
  void aKnownAnswerIsGivenAgainWithoutReadingHistory() {
    // Given
    commit("shop 1.37 a2");
    Observation<MixedChange> first = judged();
    int reads = reader.reads;

    // When
    Observation<MixedChange> second = judged();

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(reader.reads).isEqualTo(reads + 1);
  }
}

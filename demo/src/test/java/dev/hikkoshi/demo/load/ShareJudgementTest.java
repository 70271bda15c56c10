package dev.hikkoshi.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareJudgementTest {

  @Test
  void nobodyOnTheNewSideIsOutOfBoundAtOnePercent() {
    assertThat(new ShareJudgement(0.01, 0, 2_000).withinBound()).isFalse();
    assertThat(new ShareJudgement(0.01, 20, 2_000).withinBound()).isTrue();
  }

  @Test
  void fewSamplesProveNothing() {
    assertThat(new ShareJudgement(0.5, 1_000, 1_999).withinBound()).isFalse();
    assertThat(new ShareJudgement(0.5, 1_000, 2_000).withinBound()).isTrue();
  }

  @Test
  void twoRecordsOfEqualWeightAreNotFivePercent() {
    assertThat(new ShareJudgement(0.05, 1_000, 2_000).withinBound()).isFalse();
  }

  @Test
  void allMeansAll() {
    assertThat(new ShareJudgement(1, 5_000, 5_000).withinBound()).isTrue();
    assertThat(new ShareJudgement(1, 4_999, 5_000).withinBound()).isFalse();
    assertThat(new ShareJudgement(0, 1, 5_000).withinBound()).isFalse();
  }

  @Test
  void anUnknownSideCountsAgainstTheShare() {
    // Given
    Map<String, Long> counts = Map.of("old", 1_500L, "new", 500L, "somebody else", 1_000L);
    // When
    ShareJudgement judged = ShareJudgement.of(0.25, "new", counts);
    // Then
    assertThat(judged.samples()).isEqualTo(3_000);
    assertThat(judged.measured()).isEqualTo(500 / 3_000.0);
    assertThat(judged.withinBound()).isFalse();
  }

  @Test
  void moreHitsThanSamplesIsAMistake() {
    assertThatThrownBy(() -> new ShareJudgement(0.5, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

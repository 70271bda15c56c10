package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.plan.Questions;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The old side is drained when the newest whole periods of its request counts are quiet. */
class DrainRulesTest {

  private static final Desired DESIRED = Wishes.sample("1.37").desired();
  private static final Duration PERIOD = DESIRED.measuring().metricPeriod();
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void aDrainAsShortAsTwoPeriodsOfMetricsEnds() {
    // Given: counts are whole periods, each read a period after its end
    assertThat(DESIRED.move().drain().lasting()).isEqualTo(PERIOD.multipliedBy(2));

    // When
    Scenario s = Scenario.moving("drain").untilPhase("retiring");

    // Then
    assertThat(s.phase()).isEqualTo("retiring");
  }

  @Test
  void untilThenItIsSaidWhenCountsComeAndNeverThatTheyAreMissing() {
    // Given
    Scenario s = Scenario.moving("drain");
    Set<String> said = new HashSet<>();

    // When
    s.until(
        "the old side is drained",
        now -> {
          said.add(now.said());
          return now.phase().equals("retiring");
        });

    // Then
    assertThat(said)
        .anyMatch(words -> words.contains("its requests are counted"))
        .noneMatch(words -> words.contains("not counted"));
  }

  @Test
  void whatIsCountedIsAsLongAsTheOldSideHasToBeQuietAndIsReported() {
    // Given
    Instant effective = START.plusSeconds(1);

    // When
    Optional<Questions.Span> early =
        Questions.quiet(DESIRED, effective, START.plus(PERIOD.multipliedBy(4)).minusMillis(1));
    Optional<Questions.Span> due =
        Questions.quiet(DESIRED, effective, START.plus(PERIOD.multipliedBy(4)));
    Optional<Questions.Span> later =
        Questions.quiet(DESIRED, effective, START.plus(PERIOD.multipliedBy(9)).plusMillis(7));

    // Then
    assertThat(early).isEmpty();
    assertThat(due)
        .contains(new Questions.Span(START.plus(PERIOD), START.plus(PERIOD.multipliedBy(3))));
    assertThat(later)
        .contains(
            new Questions.Span(
                START.plus(PERIOD.multipliedBy(6)), START.plus(PERIOD.multipliedBy(8))));
  }
}

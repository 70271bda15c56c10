package dev.hikkoshi.environments.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SituationTest {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Wish WISH = Wish.of(Wishes.of(Options.draw(1)).desired());
  private static final EnvironmentRecord RECORD = EnvironmentRecord.fresh(Wishes.ENVIRONMENT);

  @Test
  void otherNumbersAreNoOtherSituation() {
    // Given
    Plan few = plan(Verdict.fail("2 of 3 are healthy"), "2 of 3");
    Plan more = plan(Verdict.fail("1 of 3 is healthy"), "1 of 3");

    // Then
    assertThat(few).isNotEqualTo(more);
    assertThat(Situation.of(WISH, few)).isEqualTo(Situation.of(WISH, more));
  }

  @Test
  void whatFailsWaitsOrHoldsIsAnotherSituation() {
    // Given
    Plan fails = plan(Verdict.fail("2 of 3 are healthy"), "2 of 3");
    Plan passes = plan(Verdict.pass("3 of 3 are healthy"), "2 of 3");
    Hold hold = new Hold(Hold.Scope.TRAFFIC, Hold.Reason.FOREIGN_WRITE, "web", "not ours", NOW);
    Plan held =
        new Plan(RECORD.with(hold), List.of(), fails.checks(), fails.waits(), fails.routes());
    Plan still = new Plan(RECORD, List.of(), fails.checks(), List.of(), fails.routes());

    // Then
    assertThat(List.of(passes, held, still))
        .extracting(plan -> Situation.of(WISH, plan))
        .doesNotContain(Situation.of(WISH, fails))
        .doesNotHaveDuplicates();
  }

  @Test
  void aStaleDefinitionIsAnotherSituation() {
    // Given
    Plan plan = plan(Verdict.pass("3 of 3 are healthy"), "");
    Wish stale = Wish.stale(WISH.desired().orElseThrow(), "Git does not answer");

    // Then
    assertThat(Situation.of(stale, plan)).isNotEqualTo(Situation.of(WISH, plan));
  }

  private static Plan plan(Verdict verdict, String sentence) {
    return new Plan(
        RECORD,
        List.of(),
        List.of(new Check("targets-healthy", "web", verdict)),
        List.of(Wait.of(Wait.Kind.CHECK, "web", sentence)),
        List.of());
  }
}

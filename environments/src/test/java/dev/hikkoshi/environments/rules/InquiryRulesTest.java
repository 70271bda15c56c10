package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.ExpressionName;
import dev.hikkoshi.environments.port.Expressions.Expression;
import dev.hikkoshi.environments.port.Expressions.Judged;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.SkipCheck;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 7: a Job or a webhook has a say in a step, and no answer is never a pass. */
class InquiryRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";
  private static final Duration EVERY = Duration.ofMinutes(1);

  private Others others;

  @BeforeEach
  void othersAreWell() {
    others = new Others();
  }

  private static Inquiry inquiry(When when, boolean blocking, Inquiry.Question question) {
    return new Inquiry(
        "gate",
        Set.of("web"),
        when,
        blocking,
        question,
        EVERY,
        Duration.ofMinutes(5),
        Optional.empty());
  }

  private static Inquiry webhook(When when) {
    return inquiry(
        when,
        true,
        new Inquiry.Webhook(
            "https://gate.example.com", Duration.ofSeconds(5), Optional.of("main")));
  }

  private static Inquiry job(When when) {
    return inquiry(
        when,
        true,
        new Inquiry.Job("search", Map.of("args", "{{cluster}} {{step}}"), Duration.ofMinutes(2)));
  }

  private Scenario moving(OnFailure failure, Inquiry inquiry) {
    Scenario s =
        Scenario.with(g -> g.with(others, others))
            .commit(Wishes.sample("1.36"))
            .untilPhase("gone")
            .commit(Wishes.sample("1.37").asking(failure, inquiry));
    others.clock = s::now;
    return s.until("begun", x -> x.move().to().equals(NEW));
  }

  @Test
  void aWebhookThatSaysYesIsAskedInEachStepAndTheMoveGoesAllTheWay() {
    // When
    Scenario s = moving(OnFailure.RETURN, webhook(When.DURING)).untilPhase("soak");

    // Then
    assertThat(others.calls).extracting(c -> c.occasion().percent()).contains(1, 5, 25, 50, 100);
    assertThat(others.calls).allMatch(c -> c.occasion().route().equals("web"));
    assertThat(others.calls).allMatch(c -> c.occasion().from().equals(Optional.of(OLD)));
    assertThat(s.record().journal()).anyMatch(e -> e.text().startsWith("check gate on web: pass"));
  }

  @Test
  void aWebhookThatSaysNoBringsTrafficHomeAndWhatWasLeftIsBad() {
    // Given
    Scenario s = moving(OnFailure.RETURN, webhook(When.DURING)).untilShare("web", 5);

    // When
    others.hook = Others.Mind.NO;
    s.untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isOne();
    assertThat(s.record().bad().get(NEW)).contains("gate").contains("not now");
  }

  @Test
  void withHoldItStandsAndResumeAsksAnew() {
    // Given
    Scenario s = moving(OnFailure.HOLD, webhook(When.DURING)).untilShare("web", 5);
    others.hook = Others.Mind.NO;
    s.until("held", x -> x.record().trafficHeld());
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.CHECK_FAILED);

    // When
    others.hook = Others.Mind.YES;
    s.resume(false);

    // Then
    s.untilPhase("soak");
  }

  @Test
  void aSilentWebhookIsWaitedForAndNeverAPass() {
    // Given
    others.hook = Others.Mind.SILENT;
    Scenario s = moving(OnFailure.RETURN, webhook(When.DURING)).untilShare("web", 1);

    // When
    s.passes(Duration.ofMinutes(4));

    // Then
    assertThat(s.phase()).isEqualTo("stepping");
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.01);
    assertThat(s.record().trafficHeld()).isFalse();

    // When
    others.hook = Others.Mind.YES;

    // Then
    s.untilPhase("soak");
  }

  @Test
  void whoIsSilentIsAskedAgainSoonerThanWhoSpoke() {
    // Given
    others.hook = Others.Mind.SILENT;
    Scenario s = moving(OnFailure.RETURN, webhook(When.DURING)).untilShare("web", 1);
    s.until("asked", x -> !others.calls.isEmpty()).passes(Duration.ofMinutes(1));
    others.calls.clear();

    // When
    s.passes(Duration.ofMinutes(3));
    int silent = others.calls.size();
    others.hook = Others.Mind.NO;
    s.until("heard", x -> x.record().move().orElseThrow().returning());

    // Then
    assertThat(silent).as("every %s, not every %s", Duration.ofSeconds(15), EVERY).isBetween(6, 13);
  }

  @Test
  void whoSaidYesIsAskedAgainOnlyWhenItIsTime() {
    // Given
    Scenario s = moving(OnFailure.RETURN, webhook(When.DURING)).untilShare("web", 1);
    s.until("asked", x -> !others.calls.isEmpty());
    others.calls.clear();

    // When
    s.passes(EVERY.minusSeconds(5));

    // Then
    assertThat(others.calls).isEmpty();
  }

  @Test
  void aWebhookThatStaysSilentHoldsInTheEnd() {
    // Given
    others.hook = Others.Mind.SILENT;

    // When
    Scenario s =
        moving(OnFailure.RETURN, webhook(When.DURING)).until("held", x -> x.record().trafficHeld());

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.TOO_FEW_SAMPLES);
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.01);
  }

  @Test
  void aStepBeginsOnlyOnAPassThatIsFresh() {
    // Given
    Scenario s = moving(OnFailure.RETURN, webhook(When.BEFORE)).untilShare("web", 1);

    // When: it says no from now on.
    others.hook = Others.Mind.NO;
    s.passes(Duration.ofMinutes(10));

    // Then: nothing began, and nothing went home.
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.01);
    assertThat(s.phase()).isEqualTo("stepping");
    assertThat(s.said()).contains("not now");

    // When
    others.hook = Others.Mind.YES;

    // Then
    s.untilPhase("soak");
  }

  @Test
  void atTheStartIsOnceAndNotBeforeEveryStep() {
    // When
    moving(OnFailure.RETURN, job(When.START)).untilPhase("soak");

    // Then
    assertThat(others.begun).hasSize(1);
    assertThat(others.begun.getFirst().occasion().step()).isEqualTo(1);
  }

  @Test
  void aJobAnswersOnceForEachStepAndIsTakenAway() {
    // When
    Scenario s = moving(OnFailure.RETURN, job(When.BEFORE)).untilPhase("soak");

    // Then
    assertThat(others.begun)
        .extracting(j -> j.occasion().step())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(others.begun.getFirst().spec()).containsEntry("args", NEW + " 1");
    s.passes(Duration.ofSeconds(10));
    assertThat(others.jobs).isEmpty();
  }

  @Test
  void aJobThatRunsIsWaitedFor() {
    // Given
    others.runs = Duration.ofSeconds(90);
    Scenario s = moving(OnFailure.RETURN, job(When.START)).untilPhase("warm");

    // When
    s.passes(Duration.ofSeconds(60));

    // Then
    assertThat(s.sides("web").share(NEW)).isZero();
    assertThat(s.said()).contains("runs, pods: 1 active");

    // Then
    s.untilPhase("soak");
    assertThat(others.begun).hasSize(1);
  }

  @Test
  void aJobThatFailsInAStepBringsTrafficHome() {
    // Given
    Scenario s = moving(OnFailure.RETURN, job(When.DURING)).untilShare("web", 5);

    // When
    others.job = Others.Mind.NO;
    s.untilPhase("returned");

    // Then
    assertThat(s.record().bad().get(NEW)).contains("behind by 40 documents");
  }

  @Test
  void aDataGateThatFailsIsAskedAgainUntilItHasCaughtUp() {
    // Given
    others.job = Others.Mind.NO;
    Scenario s = moving(OnFailure.RETURN, job(When.START)).untilPhase("warm");

    // When
    s.passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.sides("web").share(NEW)).isZero();
    assertThat(others.begun).hasSizeGreaterThan(2);

    // When
    others.job = Others.Mind.YES;

    // Then
    s.untilPhase("soak");
  }

  @Test
  void aJobThatSomebodyDeletedIsRunAgain() {
    // Given
    others.runs = Duration.ofSeconds(30);
    Scenario s =
        moving(OnFailure.RETURN, job(When.START)).until("runs", x -> !others.jobs.isEmpty());

    // When
    others.jobs.clear();

    // Then
    s.untilPhase("soak");
    assertThat(others.begun).hasSize(2);
  }

  @Test
  void nobodyIsAskedInAModeThatOnlyLooks() {
    // Given
    Scenario s = moving(OnFailure.RETURN, job(When.BEFORE)).untilPhase("stepping");
    int begun = others.begun.size();

    // When
    s.commit(Wishes.sample("1.37").asking(OnFailure.RETURN, webhook(When.DURING)).mode(Mode.PLAN))
        .passes(Duration.ofMinutes(10));

    // Then
    assertThat(others.begun).hasSize(begun);
    assertThat(others.calls).isEmpty();
  }

  @Test
  void anotherDefinitionIsAnotherQuestion() {
    // Given
    Scenario s = moving(OnFailure.HOLD, webhook(When.DURING)).untilShare("web", 5);
    others.hook = Others.Mind.NO;
    s.until("held", x -> x.record().trafficHeld());

    // When: the check is switched off for this move.
    s.asks(
        new SkipCheck(s.move().id(), "gate", "miyake", "it is broken", s.now(), Optional.empty()));
    s.resume(false);

    // Then
    s.untilPhase("soak");
    assertThat(s.said()).contains("skipped by miyake");
  }

  @Test
  void whatCannotBeLookedAtIsNoAnswer() {
    // Given
    others.blind = true;
    Scenario s = moving(OnFailure.RETURN, job(When.START)).untilPhase("warm");

    // When
    s.passes(Duration.ofMinutes(3));

    // Then
    assertThat(s.sides("web").share(NEW)).isZero();
    assertThat(others.begun).isEmpty();
    assertThat(s.said()).contains("could not be read");
  }

  /** An expression as a function; the language itself is judged where its library is. */
  private record Condition(Function<Map<String, Object>, Optional<Boolean>> of)
      implements Expression {

    @Override
    public String source() {
      return "condition";
    }

    @Override
    public Judged judge(Map<String, Object> values) {
      return new Judged(of.apply(values), "as it was seen");
    }
  }

  private static Inquiry cel(When when, Function<Map<String, Object>, Optional<Boolean>> of) {
    return inquiry(when, true, new Inquiry.Cel(new Condition(of)));
  }

  @Test
  void anExpressionIsAboutWhatWasSeenUnderTheNamesThatAreListed() {
    // Given
    List<Map<String, Object>> seen = new ArrayList<>();
    Scenario s =
        moving(
                OnFailure.RETURN,
                cel(
                    When.DURING,
                    values -> {
                      seen.add(values);
                      return Optional.of(true);
                    }))
            .untilPhase("soak");

    // Then
    assertThat(s.sides("web").share(NEW)).isOne();
    Map<String, Object> values = seen.getFirst();
    for (ExpressionName name : ExpressionName.values()) {
      assertThat(values).containsKey(name.word());
      Class<?> type =
          switch (name.kind()) {
            case TEXT -> String.class;
            case WHOLE -> Long.class;
            case WHOLES, NUMBERS, TEXTS, SIDE -> Map.class;
          };
      assertThat(values.get(name.word())).isInstanceOfAny(type, Observation.Unknown.class);
    }
    assertThat(values).containsEntry("percent", 1L).containsEntry("to", NEW);
    assertThat(values.get("weights")).isEqualTo(Map.of(OLD, 99L, NEW, 1L));
    assertThat((Map<?, ?>) values.get("new"))
        .hasToString(
            "{drifted=0, name=shop-1-37-2, ready=3, releases=2, unhealthy=0, unsynced=0,"
                + " version=1.37, wanted=3}");
  }

  @Test
  void anExpressionThatIsFalseBringsTrafficHome() {
    // When
    Scenario s =
        moving(
                OnFailure.RETURN,
                cel(When.DURING, v -> Optional.of(!Objects.equals(v.get("percent"), 25L))))
            .untilPhase("returned");

    // Then
    assertThat(s.record().bad().get(NEW)).contains("condition: as it was seen");
  }

  @Test
  void anExpressionThatDoesNotTellIsNoPass() {
    // When
    Scenario s =
        moving(OnFailure.RETURN, cel(When.DURING, _ -> Optional.empty()))
            .until("held", x -> x.record().trafficHeld());

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.TOO_FEW_SAMPLES);
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.01);
  }
}

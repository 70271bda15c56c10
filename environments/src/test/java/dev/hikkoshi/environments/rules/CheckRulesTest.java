package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DeclaredCheck.Skip;
import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 7: a new side is held against the old one, and what follows when it is worse. */
class CheckRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static MoveCheck errors(boolean blocking, Compare compare, Optional<Skip> skip) {
    return new MoveCheck(
        "errors",
        Set.of(),
        When.DURING,
        blocking,
        new Measure.RouteErrors(),
        compare,
        50,
        Budget.standard(),
        skip);
  }

  private static final MoveCheck ERRORS =
      errors(true, new Compare.NotWorse(0.05, false), Optional.empty());

  private static Wishes next(OnFailure failure, MoveCheck... checks) {
    return Wishes.sample("1.37").judgedBy(failure, checks);
  }

  private static Scenario moving(OnFailure failure, MoveCheck... checks) {
    return Scenario.serving(Wishes.sample("1.36"))
        .commit(next(failure, checks))
        .until("begun", s -> s.move().to().equals(NEW));
  }

  @Test
  void rule7AGoodNewSideGoesAllTheWayAndTheJournalSaysWhy() {
    // When
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase("retiring");

    // Then
    assertThat(s.record().bad()).isEmpty();
    assertThat(s.record().journal())
        .anyMatch(e -> e.text().startsWith("check errors on web: pass, "));
  }

  @Test
  void rule7ASideThatIsSickFromAShareOnComesHomeByItselfAndIsBad() {
    // Given
    Scenario s = moving(OnFailure.RETURN, ERRORS);
    s.errorsFrom(NEW, 25);

    // When
    s.untilPhase("returned").pass();

    // Then
    assertThat(s.sides("web").share(OLD)).isOne();
    assertThat(s.sides("api").share(OLD)).isOne();
    assertThat(s.record().bad().get(NEW)).startsWith("hikkoshi: check errors failed on ");
    assertThat(s.said()).contains("not-bad");

    // When
    s.commit(next(OnFailure.RETURN, ERRORS).app("a2")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.phase()).isEqualTo("returned");
  }

  @Test
  void rule7WithHoldItStandsWhereItIsWithTheEvidence() {
    // Given
    Scenario s = moving(OnFailure.HOLD, ERRORS);
    s.errorsFrom(NEW, 25);

    // When
    s.until("held", x -> x.record().trafficHeld()).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.CHECK_FAILED);
    assertThat(s.said()).contains("bad of", "on the new side");
    assertThat(s.sides("web").share(NEW)).isLessThanOrEqualTo(0.25);
    assertThat(s.phase()).isEqualTo("stepping");
  }

  @Test
  void rule7AWarningIsShownAndStopsNothing() {
    // Given
    Scenario s =
        moving(
            OnFailure.RETURN, errors(false, new Compare.NotWorse(0.05, false), Optional.empty()));
    s.errorsFrom(NEW, 25);

    // When
    s.untilShare("web", 50);

    // Then
    assertThat(s.record().journal()).anyMatch(e -> e.text().contains("errors on web: fail"));
  }

  @Test
  void rule7NoDataIsNeverAPassAndHoldsInTheEnd() {
    // Given
    Scenario s = moving(OnFailure.RETURN, ERRORS);
    s.metersEmpty(true);

    // When
    s.until("held", x -> x.record().trafficHeld());

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.TOO_FEW_SAMPLES);
    assertThat(s.said()).contains("no data for");
    assertThat(s.sides("web").share(NEW)).isLessThanOrEqualTo(0.01);
  }

  @Test
  void rule7ASilentProviderIsNoVerdictAndTheMoveGoesOnWhenItAnswers() {
    // Given
    AtomicBoolean silent = new AtomicBoolean(true);
    Scenario s =
        Scenario.with(
                g ->
                    g.with(
                        (MetricsGateway)
                            (measure, side, window) ->
                                silent.get()
                                    ? Observation.unknown("meters", "connection refused")
                                    : g.metrics().read(measure, side, window)))
            .commit(Wishes.sample("1.36"))
            .untilPhase("gone")
            .commit(next(OnFailure.RETURN, ERRORS))
            .untilPhase("stepping");

    // When
    s.passes(Duration.ofMinutes(8));

    // Then
    assertThat(s.sides("web").share(NEW)).isLessThanOrEqualTo(0.01);
    assertThat(s.said()).contains("connection refused");

    // When
    silent.set(false);

    // Then
    s.untilPhase("soak");
  }

  @Test
  void rule7WhatTurnsSickInSoakComesHomeToo() {
    // Given
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase("soak");

    // When
    s.errorsFrom(NEW, 100).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isOne();
    assertThat(s.record().bad()).containsKey(NEW);
  }

  @Test
  void rule7WhatTurnsSickBeforeTheOldSideIsOffTheRoutesComesHomeToo() {
    // Given: soak is over, but the new side's targets keep the old one on the routes.
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase("soak");
    s.sick(NEW, true).untilPhase("drain");
    s.errorsFrom(NEW, 100).passes(Duration.ofMinutes(3));

    // When
    s.sick(NEW, false);

    // Then
    s.untilPhase("returned");
    assertThat(s.sides("web").share(OLD)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepping", "drain"})
  void rule7AWriteThatWasPutOffIsNotMadeWithoutAnotherLook(String phase) {
    // Given: a write is planned, and a commit that lowers the mode overtakes it.
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase(phase);
    s.until("about to write", x -> x.lowerAtSave(1, Mode.OBSERVE).pass().writing("web"));
    s.commit(next(OnFailure.RETURN, ERRORS).mode(Mode.OBSERVE));
    s.errorsFrom(NEW, 1).passes(Duration.ofMinutes(10)).forgetDone();

    // When
    s.commit(next(OnFailure.RETURN, ERRORS)).untilPhase("returned");

    // Then
    assertThat(s.done(Action.TrafficWrite.class))
        .isNotEmpty()
        .allSatisfy(w -> assertThat(w.intended().share(OLD)).isOne());
  }

  @Test
  void rule7SoakDoesNotEndWhileNobodyKnowsHowItIs() {
    // Given
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase("soak");
    s.metersEmpty(true);

    // When
    s.passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.phase()).isEqualTo("soak");
    assertThat(s.said()).contains("no data for");

    // When
    s.metersEmpty(false);

    // Then
    s.untilPhase("drain");
  }

  @Test
  void rule7SoakDoesNotEndOnAnAppThatNoWholePeriodWasSeenOf() {
    // Given: a freeze lasts longer than the soak, and a sick app comes right before the thaw.
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilPhase("soak");
    s.freeze("sale", Optional.empty()).passes(Duration.ofHours(1));
    s.commit(next(OnFailure.RETURN, ERRORS).app("a2")).pass();
    s.errorsFrom(NEW, 100).thaw("over");

    // When
    s.pass();

    // Then
    assertThat(s.phase()).isEqualTo("soak");
    assertThat(s.said()).contains("no whole period yet");

    // Then
    s.untilPhase("returned");
    assertThat(s.sides("web").share(OLD)).isOne();
  }

  @Test
  void rule7StepsThatAreMadeAgainAfterTheDrainAreJudgedToo() {
    // Given: somebody put the old side back, and a person accepted it.
    Scenario s = moving(OnFailure.HOLD, ERRORS).untilPhase("retiring");
    s.somebody().putsBack(OLD, 300).pass().resume(true).pass();
    double share = s.sides("web").share(NEW);

    // When
    s.errorsFrom(NEW, 1).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.CHECK_FAILED);
    assertThat(s.sides("web").share(NEW)).isEqualTo(share);
  }

  @Test
  void rule7WhatIsAskedBeforeAStepIsAskedBeforeOneThatIsMadeAgainInSoakToo() {
    // Given
    MoveCheck before =
        new MoveCheck(
            "before",
            Set.of(),
            When.BEFORE,
            true,
            new Measure.RouteErrors(),
            new Compare.NotWorse(0.05, false),
            50,
            Budget.standard(),
            Optional.empty());
    Scenario s = moving(OnFailure.RETURN).untilPhase("soak");
    s.commit(next(OnFailure.RETURN, before));

    // When
    s.somebody().weighs("web", OLD, 100).pass().resume(true);

    // Then
    s.untilPhase("drain");
  }

  @Test
  void rule7AChangedAppBeginsTheStepsVerdictAnew() {
    // Given: nearly through a step, when the app changes.
    Scenario s =
        moving(OnFailure.RETURN, ERRORS).untilShare("web", 5).passes(Duration.ofMinutes(2));
    double share = s.sides("web").share(NEW);

    // When
    s.commit(next(OnFailure.RETURN, ERRORS).app("a2")).passes(Duration.ofSeconds(20));

    // Then
    assertThat(s.sides("web").share(NEW)).isEqualTo(share);
    assertThat(s.move().route("web").judging().app()).isEqualTo("a2");

    // Then
    s.untilPhase("soak");
  }

  @Test
  void rule7NothingGoesHomeByItselfWhileAPersonHoldsIt() {
    // Given
    Scenario s = moving(OnFailure.RETURN, ERRORS).untilShare("web", 5);
    s.asks(new StandStill("miyake", "let me look", s.now()));

    // When
    s.errorsFrom(NEW, 1).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.phase()).isEqualTo("stepping");
    assertThat(s.said()).contains("not brought home: traffic is held");
  }

  @Test
  void rule7AHomeThatFailsTheSameLimitIsNoPlaceToGo() {
    // Given: one limit for both, and both are beyond it.
    Compare limit = new Compare.Bound(OptionalDouble.empty(), OptionalDouble.of(0.05));
    Scenario s = moving(OnFailure.RETURN, errors(true, limit, Optional.empty()));
    s.errorsFrom(OLD, 1).errorsFrom(NEW, 1);

    // When
    s.until("held", x -> x.record().trafficHeld()).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.phase()).isEqualTo("stepping");
    assertThat(s.said()).contains("home fails it too");
  }

  @Test
  void rule7ASkippedCheckIsOffUntilItsDay() {
    // Given
    Skip today = new Skip("no provider yet", Optional.of(LocalDate.parse("2027-03-31")));
    Skip past = new Skip("no provider yet", Optional.of(LocalDate.parse("2026-01-31")));
    Compare worse = new Compare.NotWorse(0.05, false);

    // When
    Scenario off = moving(OnFailure.RETURN, errors(true, worse, Optional.of(today)));
    Scenario on = moving(OnFailure.RETURN, errors(true, worse, Optional.of(past)));
    off.errorsFrom(NEW, 25);
    on.errorsFrom(NEW, 25);

    // Then
    off.untilPhase("soak");
    on.untilPhase("returned");
  }

  @Test
  void rule7APersonWhoResumesLetsItBeLookedAtAnew() {
    // Given
    Scenario s = moving(OnFailure.HOLD, ERRORS);
    s.errorsFrom(NEW, 25).until("held", x -> x.record().trafficHeld());

    // When: it was the load test, which is over.
    s.errorsFrom(NEW, 200).resume(false);

    // Then
    s.untilPhase("soak");
  }

  @Test
  void rule7AReturnByAPersonAfterAHoldIsTheSameWayHome() {
    // Given
    Scenario s = moving(OnFailure.HOLD, ERRORS);
    s.errorsFrom(NEW, 25).until("held", x -> x.record().trafficHeld());

    // When
    s.asks(new GoHome("miyake", "errors", s.now()));

    // Then
    s.untilPhase("returned");
    assertThat(s.sides("web").share(OLD)).isOne();
  }
}

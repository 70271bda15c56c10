package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The modes: what is written, told and remembered in each, and what lowering one does. */
class ModeRulesTest {

  private static final String NEW = "shop-1-37-2";

  private static List<String> modes(Scenario s) {
    return s.record().journal().stream()
        .map(JournalEntry::text)
        .filter(text -> text.startsWith("mode "))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OBSERVE", "PLAN"})
  void aNewEnvironmentIsPlannedAndNotBegun(Mode mode) {
    // Given
    Scenario s = Scenario.calm().commit(Wishes.sample("1.36").mode(mode));

    // When
    s.passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.plan().actions()).anyMatch(Action.CreateCluster.class::isInstance);
    EnvironmentRecord fresh = EnvironmentRecord.fresh(Wishes.ENVIRONMENT);
    assertThat(s.record()).usingRecursiveComparison().ignoringFields("journal").isEqualTo(fresh);
  }

  @Test
  void observeAndPlanAreToldOnceInTheJournal() {
    // Given
    Scenario s = Scenario.calm();

    // When
    s.commit(Wishes.sample("1.36").mode(Mode.OBSERVE)).passes(Duration.ofMinutes(1));
    s.commit(Wishes.sample("1.36").mode(Mode.PLAN)).passes(Duration.ofMinutes(1));
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(1));

    // Then
    assertThat(modes(s))
        .containsExactly(
            "mode observe: nothing is written",
            "mode plan: nothing is written; would now create cluster shop-1-36-1",
            "mode act");
  }

  @ParameterizedTest
  @CsvSource({
    "building,PLAN",
    "syncing,OBSERVE",
    "attached,PLAN",
    "warm,OBSERVE",
    "stepping,PLAN",
    "soak,OBSERVE",
    "drain,PLAN",
    "retiring,OBSERVE"
  })
  void aLoweredModeStopsAMoveWhereItIsAndActGoesOn(String phase, Mode mode) {
    // Given
    Scenario s = Scenario.moving(phase).forgetDone();
    String web = s.sides("web").toString();
    String api = s.sides("api").toString();

    // When
    s.commit(Wishes.sample("1.37").mode(mode)).passes(Duration.ofHours(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.phase()).isEqualTo(phase);
    assertThat(s.sides("web")).hasToString(web);
    assertThat(s.sides("api")).hasToString(api);

    // When
    s.commit(Wishes.sample("1.37")).untilPhase("retiring");

    // Then
    assertThat(s.sides("web").receiving()).containsExactly(NEW);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,1", "4,2"})
  void aModeThatIsLoweredInTheMiddleOfAPassLetsNoFurtherEffectBegin(int save, int effects) {
    // Given
    Scenario s = Scenario.moving("syncing").commit(Wishes.sample("1.37").app("a2")).forgetDone();

    // When
    s.lowerAtSave(save, Mode.PLAN).pass();

    // Then: every effect is two saves, before and after; none begins after the commit
    assertThat(s.plan().actions()).hasSize(2);
    assertThat(s.done()).hasSize(effects);
    assertThat(s.record().intents()).isEmpty();
  }

  @Test
  void aReturnThatIsWantedInModePlanIsToldAndNotMade() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).forgetDone();

    // When
    s.commit(Wishes.sample("1.36").mode(Mode.PLAN)).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(modes(s).getLast())
        .contains("would now web: shop-1-36-1 75, shop-1-37-2 25 becomes");
  }
}

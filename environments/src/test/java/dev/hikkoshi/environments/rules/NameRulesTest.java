package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name is not an identity: clusters of somebody else that are called as ours. */
class NameRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  @Test
  void aNameThatSomebodyHasIsRefusedSaidAndNotAdopted() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).somebody().takesName(NEW, Map.of());

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.said()).contains("a cluster " + NEW + " exists that is not ours");
    assertThat(s.record().cluster(NEW).flatMap(ClusterRecord::identity)).isEmpty();
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);

    // When
    s.somebody().leavesName(NEW);

    // Then
    s.untilPhase("stepping");
  }

  @Test
  void aClusterThatSomebodyMadeAgainWithOurTagsStopsEverythingAndIsSaid() {
    // Given
    Scenario s = Scenario.moving("syncing");
    Map<String, String> tags = s.tags(NEW);
    s.somebody().deletes(NEW).somebody().takesName(NEW, tags).forgetDone();

    // When
    s.passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("clusters [" + NEW + "] carry our tag but");
  }

  @Test
  void aClusterThatSomebodyMadeAgainWithoutOurTagsIsNotTouched() {
    // Given
    Scenario s =
        Scenario.moving("syncing")
            .somebody()
            .deletes(NEW)
            .somebody()
            .takesName(NEW, Map.of())
            .forgetDone();

    // When
    s.passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("EKS does not have it any more, and Hikkoshi did not delete it");
  }

  @Test
  void anOldSideThatSomebodyDeletedIsNoHomeItsDefinitionIsBuiltAgain() {
    // Given
    Scenario s =
        Scenario.moving("retiring").somebody().deletes(OLD).somebody().takesName(OLD, Map.of());

    // When
    s.commit(Wishes.sample("1.36")).pass();

    // Then
    assertThat(s.move().to()).isEqualTo("shop-1-36-3");
    s.until("moved", x -> x.sides("web").share("shop-1-36-3") == 1);
  }

  @Test
  void clustersThatSomebodyDeletedMakeRoomForAnotherAlsoWhereNoneIsLeft() {
    // Given: three that never served.
    Scenario s = Scenario.calm();
    List.of("1.36", "1.37", "1.38")
        .forEach(
            version -> s.commit(soonGone(version)).untilPhase("building").untilPhase("syncing"));

    // When
    List.copyOf(s.clusters()).forEach(s.somebody()::deletes);
    s.commit(soonGone("1.39"));

    // Then
    s.until("built", x -> x.clusters().contains("shop-1-39-4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepping", "soak", "drain", "retiring"})
  void aReturnToAHomeThatSomebodyDeletedIsHeldAndEndsByAPersonsWord(String phase) {
    // Given
    Scenario s = Scenario.moving(phase).somebody().deletes(OLD).forgetDone();
    Sides before = s.sides("api");

    // When
    s.asks(new GoHome("miyake", "it looks wrong", s.now())).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).containsExactly(Hold.Reason.HOME_GONE);
    assertThat(s.said()).contains("all traffic goes to " + NEW);
    assertThat(s.sides("api")).isEqualTo(before);
    assertThat(s.done(Action.TrafficWrite.class)).isEmpty();

    // When
    s.resume(false);

    // Then
    s.until("all is on the new side", x -> onlyNew(x, "web") && onlyNew(x, "api"));
    assertThat(s.phase()).isEqualTo("gone");
    assertThat(s.record().bad()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"building", "stepping", "soak", "drain"})
  void aMoveAwayFromAHomeThatSomebodyDeletedGoesOnToItsEnd(String phase) {
    // Given
    Scenario s = Scenario.moving(phase);

    // When
    s.somebody().deletes(OLD).commit(Wishes.sample("1.37").approved(Set.of(OLD)));

    // Then
    s.untilPhase("gone");
    assertThat(onlyNew(s, "web")).isTrue();
    assertThat(onlyNew(s, "api")).isTrue();
  }

  private static boolean onlyNew(Scenario s, String route) {
    return s.sides(route).share(NEW) == 1 && s.sides(route).side(OLD).isEmpty();
  }

  @Test
  void aFirstClusterThatSomebodyDeletedWhileItTookOverIsGivenUpForAnother() {
    // Given
    Scenario s =
        Scenario.calm()
            .commit(Wishes.sample("1.36"))
            .untilPhase("stepping")
            .somebody()
            .deletes(OLD);

    // When
    s.commit(Wishes.sample("1.37"));

    // Then
    s.until("moved", x -> x.sides("web").share(NEW) == 1);
  }

  @Test
  void aHomeThatAnswersAgainLiftsTheHoldOfTheReturn() {
    // Given
    Scenario s = Scenario.moving("soak");
    Map<String, String> tags = s.tags(OLD);
    s.somebody().untags(OLD).sick(OLD, true);
    s.asks(new GoHome("miyake", "it looks wrong", s.now())).pass();
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.HOME_GONE);

    // When
    tags.forEach((key, value) -> s.somebody().tags(OLD, key, value));
    s.sick(OLD, false);

    // Then
    s.until("home", x -> x.sides("web").share(OLD) == 1 && x.sides("api").share(OLD) == 1);
    assertThat(s.record().holds()).isEmpty();
  }

  private static Wishes soonGone(String version) {
    return Wishes.sample(version).abandonAfter(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soak", "retiring"})
  void anOldSideThatOnlyLostItsTagsIsHomeAsLongAsItAnswers(String phase) {
    // Given
    Scenario s = Scenario.moving(phase).somebody().untags(OLD);

    // When
    s.commit(Wishes.sample("1.36"));

    // Then
    s.until("home", x -> x.sides("web").share(OLD) == 1 && x.sides("api").share(OLD) == 1);
  }
}

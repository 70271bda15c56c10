package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.simulator.Wishes.Managed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One route first: what is not in the file is somebody else's, and the move is the same move. */
class PartialRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static Wishes wishes(String version, Managed managed) {
    return Wishes.sample(version).managed(managed);
  }

  @ParameterizedTest
  @EnumSource(
      value = Managed.class,
      names = {"ROUTES", "SELECTED"})
  void aMoveGoesToItsEndWithoutTouchingWhatIsSomebodyElses(Managed managed) {
    // Given
    Scenario s = Scenario.serving(wishes("1.36", managed));

    // When
    s.commit(wishes("1.37", managed)).untilPhase("retiring");

    // Then
    assertThat(s.sides("web").receiving()).containsExactly(NEW);
    assertThat(s.sides("api").receiving()).containsExactly(NEW);
    assertThat(s.done(Action.UninstallRelease.class)).isEmpty();
    assertThat(s.done(Action.SyncRelease.class))
        .allMatch(sync -> sync.release().equals(Wishes.APP));
  }

  @ParameterizedTest
  @EnumSource(
      value = Managed.class,
      names = {"ROUTES", "SELECTED"})
  void aRevertIsTheSameWayHome(Managed managed) {
    // Given
    Scenario s = Scenario.serving(wishes("1.36", managed));
    s.commit(wishes("1.37", managed)).untilPhase("stepping").untilShare("web", 25);

    // When
    s.commit(wishes("1.36", managed)).untilPhase("returned");

    // Then
    assertThat(s.sides("web").receiving()).containsExactly(OLD);
    assertThat(s.sides("api").receiving()).containsExactly(OLD);
  }

  @Test
  void routesAloneSyncNothingAtAll() {
    // When
    Scenario s = Scenario.serving(wishes("1.36", Managed.ROUTES));

    // Then
    assertThat(s.done())
        .noneMatch(a -> a instanceof Action.SyncRelease || a instanceof Action.HealRelease);
    assertThat(Set.copyOf(s.sides("web").receiving())).isEqualTo(Set.of(OLD));
  }

  @Test
  void aRouteThatIsNotInTheFileIsNotWritten() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36").routes(true, false)).forgetDone();

    // When
    s.commit(Wishes.sample("1.37").routes(true, false)).untilPhase("soak");

    // Then
    assertThat(s.sides("web").receiving()).containsExactly(NEW);
    assertThat(s.sides("api").of()).isEmpty();
    assertThat(List.copyOf(s.done()))
        .noneMatch(a -> a instanceof Action.WriteRule || a instanceof Action.CreateGroup);
  }
}

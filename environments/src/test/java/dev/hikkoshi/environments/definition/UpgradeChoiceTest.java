package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.definition.Upgrades.Follow;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpgradeChoiceTest {

  private static VersionSeen version(String version, boolean standard) {
    return new VersionSeen(version, standard, Instant.EPOCH);
  }

  private static Observation<Optional<String>> next(String desired, VersionSeen... offered) {
    return UpgradeChoice.next(desired, Follow.LATEST_STANDARD, Observation.known(List.of(offered)));
  }

  @Test
  void theNewestInStandardSupportIsTaken() {
    assertThat(next("1.9", version("1.11", true), version("1.10", true), version("1.12", false)))
        .isEqualTo(Observation.known(Optional.of("1.11")));
  }

  @Test
  void nothingIsProposedWhenTheDesiredOneIsAsNew() {
    assertThat(next("1.37", version("1.37", true), version("1.36", true), version("1.38", false)))
        .isEqualTo(Observation.known(Optional.empty()));
  }

  @Test
  void noVersionIsEverProposedThatIsOlder() {
    assertThat(next("1.38", version("1.37", true))).isEqualTo(Observation.known(Optional.empty()));
  }

  @Test
  void unknownStaysUnknown() {
    // Given
    Observation<List<VersionSeen>> unknown = Observation.unknown("versions", "throttled");

    // When
    var next = UpgradeChoice.next("1.36", Follow.LATEST_STANDARD, unknown);

    // Then
    assertThat(next).isInstanceOf(Observation.Unknown.class);
  }
}

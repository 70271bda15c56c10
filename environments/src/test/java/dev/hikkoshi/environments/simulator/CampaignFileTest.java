package dev.hikkoshi.environments.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.environments.simulator.Campaign.Failure;
import dev.hikkoshi.environments.simulator.Campaign.Sums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that was killed goes on where it was, and only with the code it began with. */
class CampaignFileTest {

  @TempDir private Path folder;

  @Test
  void twoPartsAreTheWhole() throws IOException, InterruptedException {
    // Given
    CampaignFile file = new CampaignFile(folder.resolve("sums"), "c0de", 1);
    file.write(Campaign.run(1, 3, 1));

    // When
    file.write(file.read().plus(Campaign.run(4, 3, 1)));

    // Then
    Sums whole = Campaign.run(1, 6, 1);
    assertThat(file.read())
        .usingRecursiveComparison()
        .ignoringFields("seconds", "busySeconds")
        .isEqualTo(whole);
    assertThat(file.read().seconds()).isPositive();
  }

  @Test
  void brokenSeedsAreRemembered() throws IOException {
    // Given
    CampaignFile file = new CampaignFile(folder.resolve("sums"), "c0de", 1);
    Failure failure = new Failure(7, "never all zero: web is {}");

    // When
    file.write(new Sums(9, 12, 300, 1.5, 2.5, new Sometimes(), List.of(failure)));

    // Then
    assertThat(file.read().failures()).containsExactly(failure);
    assertThat(file.read().seeds()).isEqualTo(9);
  }

  @Test
  void sumsOfAnotherCodeAreRefused() throws IOException {
    // Given
    Path path = folder.resolve("sums");
    new CampaignFile(path, "c0de", 1).write(Sums.none());

    // When, Then
    assertThatThrownBy(() -> new CampaignFile(path, "0ther", 1).read())
        .hasMessageContaining("is of code c0de, this would be 0ther");
    assertThatThrownBy(() -> new CampaignFile(path, "c0de", 2).read())
        .hasMessageContaining("is of from 1, this would be 2");
  }

  @Test
  void theCodeIsThatOfTheClassesWhichRun() throws IOException {
    // Given, When, Then
    assertThat(Code.digest()).hasSize(16).isEqualTo(Code.digest());
  }
}

package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsClock;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.eks.StsIdentity;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Fence;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The region dates its answers as AWS does, and the controller's clock goes by them. */
class SandboxClockIT {

  @Test
  void theFirstAnswerPutsAWrongClockRight(@TempDir Path directory) throws Exception {
    try (SandboxRegion region = new SandboxRegion(directory)) {
      // Given
      AwsClock clock = AwsClock.beginningWith(() -> Instant.EPOCH);
      AwsSettings settings = AwsSettings.standard().in("ap-northeast-1");
      try (AwsClients aws =
          AwsClients.of(settings.at(region.sandbox.endpoint()), Fence.OPEN, clock)) {
        // When
        Observation<String> account = new StsIdentity(aws).account();

        // Then
        assertThat(account).isInstanceOf(Observation.Known.class);
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(3, ChronoUnit.SECONDS));
      }
    }
  }
}

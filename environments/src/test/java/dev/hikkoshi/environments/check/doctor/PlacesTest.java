package dev.hikkoshi.environments.check.doctor;

import static dev.hikkoshi.environments.check.doctor.Found.clustered;
import static dev.hikkoshi.environments.check.doctor.Found.consider;
import static dev.hikkoshi.environments.check.doctor.Found.offering;
import static dev.hikkoshi.environments.check.doctor.Found.seeing;
import static dev.hikkoshi.environments.check.doctor.Found.settle;
import static dev.hikkoshi.environments.check.doctor.Found.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Account, versions and clusters. */
class PlacesTest {

  private static final Observation<String> ACCOUNT = Observation.known("111122223333");

  private static Subject offered(Observation<List<VersionSeen>> versions) {
    return seeing(ACCOUNT, versions, Observation.known(List.of()), Map.of());
  }

  private static Subject with(List<String> issues, Observation<List<NodegroupSeen>> groups) {
    return clustered(
        Observation.known(
            List.of(
                new ClusterSeen(
                    "shop-1-37-1",
                    new Identity("arn:cluster", Patients.NOW),
                    "1.37",
                    Status.ACTIVE,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    new TreeMap<>(),
                    issues,
                    groups,
                    Observation.known(List.of()),
                    Observation.known(List.of()),
                    Observation.known(List.of())))));
  }

  @Test
  void theRightAccountIsNothingToTellAndAnUnknownOneIsTold() {
    // Given
    Observation<String> away = Observation.unknown("the account", "ExpiredToken");

    // Then
    assertThat(settle(offered(offering()), "account")).isEmpty();
    assertThat(unknown(seeing(away, offering(), Observation.known(List.of()), Map.of())))
        .contains("the account could not be read: ExpiredToken");
  }

  @ParameterizedTest(name = "support ends {0} s after a quarter: told {1}")
  @CsvSource({"-1, true", "0, false", "1, false"})
  void aVersionIsToBeSupportedForAQuarter(long seconds, boolean told) {
    // Given
    VersionSeen version =
        new VersionSeen("1.37", true, Patients.NOW.plus(Duration.ofDays(90)).plusSeconds(seconds));
    VersionSeen older = new VersionSeen("1.36", true, Patients.NOW);

    // Then
    assertThat(consider(offered(Observation.known(List.of(older, version))), "version"))
        .hasSize(told ? 1 : 0);
  }

  @Test
  void aVersionThatIsNotOfferedCannotBeBuilt() {
    // Given
    VersionSeen other = new VersionSeen("1.38", true, Patients.NOW.plus(Duration.ofDays(365)));

    // Then
    assertThat(settle(offered(Observation.known(List.of(other))), "version"))
        .containsExactly("EKS does not offer 1.37");
    assertThat(unknown(offered(Observation.unknown("versions", "AccessDenied"))))
        .contains("versions could not be read: AccessDenied");
  }

  @Test
  void whatEksSaysOfAClusterIsTold() {
    // Given
    Observation<List<NodegroupSeen>> away = Observation.unknown("node groups", "Throttled");

    // Then
    assertThat(settle(with(List.of("a subnet is gone"), away), "cluster-health"))
        .containsExactly("a subnet is gone");
    assertThat(unknown(with(List.of(), away))).contains("node groups could not be read: Throttled");
  }

  @Test
  void whatEksSaysOfANodeGroupIsTold() {
    // Given
    NodegroupSeen group =
        new NodegroupSeen(
            "main", "DEGRADED", 0, 6, 3, List.of("AsgInstanceLaunchFailures: no capacity"));

    // Then
    assertThat(settle(with(List.of(), Observation.known(List.of(group))), "cluster-health"))
        .containsExactly("node group main is DEGRADED: AsgInstanceLaunchFailures: no capacity");
  }

  @ParameterizedTest(name = "{0} at {1} of {2}: told {3}")
  @CsvSource({
    "ACTIVE, 6, 6, true",
    "ACTIVE, 7, 6, true",
    "ACTIVE, 5, 6, false",
    "ACTIVE, 1, 1, true",
    "ACTIVE, 0, 0, false",
    "CREATING, 6, 6, false"
  })
  void aNodeGroupAtItsMaximumCannotGrow(String status, int desired, int max, boolean told) {
    // Given
    NodegroupSeen group = new NodegroupSeen("main", status, 0, max, desired, List.of());

    // Then
    assertThat(consider(with(List.of(), Observation.known(List.of(group))), "node-room"))
        .isEqualTo(told ? List.of("node group main is at its maximum of " + max) : List.of());
  }

  @ParameterizedTest(name = "{0} ready: told {1}")
  @CsvSource({"0, true", "1, true", "2, false"})
  void twoPodsOfCoreDnsAreEnough(int ready, boolean told) {
    // Given
    Observation<Map<String, Integer>> pods =
        Observation.known(Map.of("apps/v1/Deployment/kube-system/coredns", ready));

    // Then
    assertThat(consider(ready(pods), "coredns"))
        .filteredOn(what -> what.endsWith("pods of CoreDNS are ready"))
        .hasSize(told ? 1 : 0);
  }

  @Test
  void podsThatCouldNotBeCountedAreTold() {
    assertThat(unknown(ready(Observation.unknown("pods of shop-1-36-1", "Forbidden"))))
        .contains("pods of shop-1-36-1 could not be read: Forbidden");
  }

  private static Subject ready(Observation<Map<String, Integer>> pods) {
    Subject subject = offered(offering());
    Subject.Seen seen = subject.seen().orElseThrow();
    return subject.with(
        new Subject.Seen(seen.observed(), Map.of("shop-1-36-1", pods), seen.account()));
  }
}

package dev.hikkoshi.environments.check.doctor;

import static dev.hikkoshi.environments.check.doctor.Found.consider;
import static dev.hikkoshi.environments.check.doctor.Found.object;
import static dev.hikkoshi.environments.check.doctor.Found.settle;
import static dev.hikkoshi.environments.check.doctor.Found.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.check.outside.Rendering.Content;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Roles of ServiceAccounts, seen and not seen. */
class RolesTest {

  private static Subject with(Map<String, Observation<Optional<RoleTrust>>> roles) {
    ClusterSeen cluster =
        new ClusterSeen(
            "shop-1-36-1",
            new Identity("arn:cluster", Patients.NOW),
            "1.36",
            Status.ACTIVE,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("https://issuer"),
            true,
            new TreeMap<>(),
            List.of(),
            Observation.known(List.of()),
            Observation.known(List.of()),
            Observation.known(List.of()),
            Observation.known(List.of()));
    AccountSeen account =
        new AccountSeen(
            Observation.known(List.of()),
            roles,
            Observation.known(0),
            Observation.known(List.of()),
            Observation.known(0),
            Map.of());
    return Patients.beside(account, cluster);
  }

  private static Subject trusting(boolean podIdentity, int length, String... issuers) {
    List<Federated> all = Stream.of(issuers).map(i -> new Federated(i, Optional.empty())).toList();
    RoleTrust trust = new RoleTrust(all, podIdentity, length);
    return with(Map.of(Patients.OWNER, Observation.known(Optional.of(trust))));
  }

  @Test
  void aRoleThatWasNotLookedAtIsToldAsSuch() {
    assertThat(consider(with(Map.of()), "irsa"))
        .singleElement()
        .asString()
        .endsWith("its trust policy was not looked at");
  }

  @Test
  void aRoleThatCouldNotBeReadIsTold() {
    assertThat(
            unknown(with(Map.of(Patients.OWNER, Observation.unknown("role jobs", "AccessDenied")))))
        .contains("role jobs could not be read: AccessDenied");
  }

  @Test
  void aRoleThatPodIdentityHandsOutNeedsNoIssuer() {
    assertThat(settle(trusting(false, 600), "irsa")).hasSize(1);
    assertThat(settle(trusting(true, 600), "irsa")).isEmpty();
    assertThat(consider(trusting(true, 600), "irsa").getFirst())
        .endsWith("; it also trusts EKS Pod Identity");
    assertThat(consider(trusting(false, 600), "irsa").getFirst()).endsWith("more");
  }

  @Test
  void roomIsMeasuredByTheStatementsThatAreThere() {
    // Then: statements of 300 characters at least, or as long as those that are there.
    assertThat(consider(trusting(false, 0), "irsa").getFirst()).contains("about 6 more");
    assertThat(consider(trusting(false, 1_000, "a", "b"), "irsa").getFirst())
        .contains("about 2 more");
    assertThat(consider(trusting(false, 2_100, "a"), "irsa").getFirst()).contains("about 0 more");
  }

  @Test
  void rolesAreThoseThatServiceAccountsName() {
    // Given
    Map<String, Object> role = Map.of("eks.amazonaws.com/role-arn", "arn:b");
    Manifest account =
        Patients.object(
            "v1",
            "ServiceAccount",
            Map.of("name", "b", "namespace", "web", "annotations", role),
            Map.of());
    Manifest other =
        Patients.object(
            "v1",
            "ConfigMap",
            Map.of(
                "name",
                "c",
                "namespace",
                "web",
                "annotations",
                Map.of("eks.amazonaws.com/role-arn", "arn:c")),
            Map.of());
    Manifest plain = object("ServiceAccount", "web", "plain", Map.of());

    // When
    Rendering rendering =
        Rendering.of(
            Map.of(
                new ReleaseId("web", "web"),
                new Content(List.of(account, other, plain), List.of())));

    // Then
    assertThat(Subject.roles(rendering)).containsExactly("arn:b");
  }
}

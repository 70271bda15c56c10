package dev.hikkoshi.environments.check.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.doctor.AccountSeen.SubnetSeen;
import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Addresses, numbers of things, and whom roles trust. */
class FoundationsTest {

  private static final String ISSUER = "https://oidc.eks.ap-northeast-1.amazonaws.com/id/OLD";
  private static final String WHO = "system:serviceaccount:billing:jobs";

  private static List<Advice> examined(
      List<SubnetSeen> subnets, Optional<RoleTrust> trust, int clusters) {
    AccountSeen account =
        new AccountSeen(
            Observation.known(subnets),
            Map.of(Patients.OWNER, Observation.known(trust)),
            Observation.known(clusters),
            Observation.known(List.of()),
            Observation.known(0),
            quotas(100));
    return Doctor.examine(Patients.beside(account, cluster()), Patients.NOW);
  }

  private static Map<Quota, Observation<Integer>> quotas(int most) {
    return Stream.of(Quota.values())
        .collect(Collectors.toMap(quota -> quota, _ -> Observation.known(most)));
  }

  private static ClusterSeen cluster() {
    return new ClusterSeen(
        "shop-1-36-1",
        new Identity("arn:aws:eks:ap-northeast-1:111122223333:cluster/shop-1-36-1", Patients.NOW),
        "1.36",
        Status.ACTIVE,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(ISSUER),
        true,
        new TreeMap<>(),
        List.of(),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()));
  }

  private static List<SubnetSeen> subnets(int free) {
    return Patients.offline().subnets().stream()
        .map(id -> new SubnetSeen(id, "zone-a", free))
        .toList();
  }

  private static List<String> of(List<Advice> advice, String topic, Weight weight) {
    return advice.stream()
        .filter(a -> a.topic().equals(topic) && a.weight() == weight)
        .map(Advice::what)
        .toList();
  }

  private static Optional<RoleTrust> trusting(Federated... issuers) {
    return Optional.of(new RoleTrust(List.of(issuers), false, 600));
  }

  @Test
  void roomEverywhereIsNothingToTell() {
    // When
    List<Advice> advice = examined(subnets(4_000), trusting(), 3);

    // Then
    assertThat(advice).noneMatch(a -> a.topic().equals("addresses"));
    assertThat(advice).noneMatch(a -> a.topic().equals("subnet"));
    assertThat(advice).noneMatch(a -> a.topic().equals("quota"));
  }

  @Test
  void aSubnetThatIsAlmostFullIsToldAsEksCounts() {
    // When
    List<Advice> few = examined(subnets(15), trusting(), 3);
    List<Advice> none = examined(subnets(5), trusting(), 3);

    // Then
    assertThat(of(few, "addresses", Weight.CONSIDER)).anyMatch(w -> w.startsWith("15 free"));
    assertThat(of(none, "addresses", Weight.SETTLE)).anyMatch(w -> w.startsWith("5 free"));
  }

  @Test
  void aSubnetThatDoesNotExistHasToBeSettled() {
    // When
    List<SubnetSeen> all = new ArrayList<>(subnets(4_000));
    SubnetSeen gone = all.removeFirst();

    // Then
    assertThat(of(examined(all, trusting(), 3), "subnet", Weight.SETTLE))
        .singleElement()
        .satisfies(what -> assertThat(what).contains(gone.id()));
  }

  @Test
  void oneClusterMoreThanTheQuotaCannotBeBuilt() {
    // Then
    assertThat(of(examined(subnets(4_000), trusting(), 95), "quota", Weight.CONSIDER)).isEmpty();
    assertThat(of(examined(subnets(4_000), trusting(), 96), "quota", Weight.CONSIDER)).hasSize(1);
    assertThat(of(examined(subnets(4_000), trusting(), 100), "quota", Weight.SETTLE)).hasSize(1);
  }

  @Test
  void theAccountsOwnQuotaIsWhatCounts() {
    // When
    AccountSeen raised = account(300, 60, quotas(400));
    AccountSeen small = account(3, 9, quotas(10));

    // Then
    assertThat(of(examine(raised), "quota", Weight.SETTLE)).isEmpty();
    assertThat(of(examine(small), "quota", Weight.CONSIDER))
        .containsExactlyInAnyOrder(
            "9 Application Load Balancers in the region, the account's quota is 10");
  }

  @Test
  void aQuotaThatCouldNotBeReadIsToldAndTheDefaultStandsIn() {
    // Given
    Observation<Integer> unknown = Observation.unknown("the quota", "AccessDenied");

    // When
    List<Advice> advice = examine(account(100, 0, Map.of(Quota.CLUSTERS, unknown)));

    // Then
    assertThat(of(advice, "quota", Weight.SETTLE))
        .containsExactly("100 EKS clusters in the region, AWS's default quota is 100");
    assertThat(advice).anyMatch(a -> a.what().equals("the quota could not be read: AccessDenied"));
  }

  private static AccountSeen account(
      int clusters, int balancers, Map<Quota, Observation<Integer>> quotas) {
    return new AccountSeen(
        Observation.known(subnets(4_000)),
        Map.of(Patients.OWNER, Observation.known(trusting())),
        Observation.known(clusters),
        Observation.known(List.of()),
        Observation.known(balancers),
        quotas);
  }

  private static List<Advice> examine(AccountSeen account) {
    return Doctor.examine(Patients.beside(account, cluster()), Patients.NOW);
  }

  @Test
  void aRoleThatDoesNotExistHasToBeSettled() {
    // When
    List<Advice> advice = examined(subnets(4_000), Optional.empty(), 3);

    // Then
    assertThat(of(advice, "irsa", Weight.SETTLE))
        .containsExactly("the role " + Patients.OWNER + " does not exist");
  }

  @Test
  void aRoleThatDoesNotTrustTheClusterThatServesHasToBeSettled() {
    // Given
    Federated other =
        new Federated("https://oidc.eks.eu-west-1.amazonaws.com/id/X", Optional.empty());

    // When
    List<Advice> advice = examined(subnets(4_000), trusting(other), 3);

    // Then
    assertThat(of(advice, "irsa", Weight.SETTLE))
        .containsExactly(
            Patients.OWNER + " does not trust " + ISSUER + ", the issuer of shop-1-36-1");
  }

  @Test
  void aTrustForAnotherServiceAccountIsNone() {
    // Given
    Federated other = new Federated(ISSUER, Optional.of(List.of("system:serviceaccount:web:*")));

    // When
    List<Advice> advice = examined(subnets(4_000), trusting(other), 3);

    // Then
    assertThat(of(advice, "irsa", Weight.SETTLE))
        .containsExactly(Patients.OWNER + " trusts the issuer of shop-1-36-1, but not for " + WHO);
  }

  @Test
  void aRoleThatTrustsItStillLacksTheNextClusters() {
    // Given
    Federated fits = new Federated(ISSUER, Optional.of(List.of("system:serviceaccount:billing:*")));

    // When
    List<Advice> advice = examined(subnets(4_000), trusting(fits), 3);

    // Then
    assertThat(of(advice, "irsa", Weight.SETTLE)).isEmpty();
    assertThat(of(advice, "irsa", Weight.CONSIDER))
        .singleElement()
        .satisfies(
            what ->
                assertThat(what)
                    .contains("1 issuers in 600 of 2048 characters", "room for about 2 more"));
  }

  @Test
  void patternsOfATrustPolicyAreThoseOfIam() {
    // Given
    Federated some = new Federated(ISSUER, Optional.of(List.of("system:serviceaccount:b?lling:*")));

    // Then
    assertThat(some.admits(WHO)).isTrue();
    assertThat(some.admits("system:serviceaccount:web:jobs")).isFalse();
    assertThat(new Federated(ISSUER, Optional.empty()).admits(WHO)).isTrue();
  }
}

package dev.hikkoshi.environments.check.doctor;

import static dev.hikkoshi.environments.check.doctor.Found.consider;
import static dev.hikkoshi.environments.check.doctor.Found.group;
import static dev.hikkoshi.environments.check.doctor.Found.object;
import static dev.hikkoshi.environments.check.doctor.Found.rendering;
import static dev.hikkoshi.environments.check.doctor.Found.settle;
import static dev.hikkoshi.environments.check.doctor.Found.unknown;
import static dev.hikkoshi.environments.check.doctor.Found.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.doctor.AccountSeen.SubnetSeen;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses and quotas where they are just enough and just not. */
class RoomTest {

  /** Two subnets of a cluster, one of nodes. */
  private static final List<NodegroupSpec> GROUPS =
      List.of(group(List.of("subnet-2"), "m7g.large", 6, 3));

  private static AccountSeen account(
      Observation<List<SubnetSeen>> subnets, Map<Quota, Integer> quotas) {
    Map<Quota, Observation<Integer>> all =
        Stream.of(Quota.values())
            .collect(
                Collectors.toMap(q -> q, q -> Observation.known(quotas.getOrDefault(q, 1_000))));
    return new AccountSeen(
        subnets,
        Map.of(),
        Observation.known(0),
        Observation.known(List.of()),
        Observation.known(0),
        all);
  }

  private static Observation<List<SubnetSeen>> free(int first, int second) {
    return Observation.known(
        List.of(
            new SubnetSeen("subnet-1", "zone-a", first),
            new SubnetSeen("subnet-2", "zone-b", second)));
  }

  private static Subject with(AccountSeen account, Subject subject) {
    Subject.Seen seen = Patients.asked().seen().orElseThrow();
    return subject.with(new Subject.Seen(seen.observed(), Map.of(), account));
  }

  private static Subject having(Observation<List<SubnetSeen>> subnets, Manifest... objects) {
    Subject subject = wanting(rendering(objects), GROUPS, List.of());
    return with(account(subnets, Map.of()), subject);
  }

  private static Manifest deployment(Object replicas) {
    return object("Deployment", "web", "web", Map.of("replicas", replicas));
  }

  @ParameterizedTest(name = "{0} free: {1}")
  @CsvSource({"16, WELL", "15, CONSIDER", "6, CONSIDER", "5, SETTLE"})
  void aSubnetNeedsSixAddressesAndEksAsksForSixteen(int free, String weight) {
    // When
    Subject subject = having(free(free, 1_000));

    // Then
    assertThat(consider(subject, "addresses")).hasSize(weight.equals("CONSIDER") ? 1 : 0);
    assertThat(settle(subject, "addresses")).hasSize(weight.equals("SETTLE") ? 1 : 0);
  }

  @Test
  void subnetsThatCouldNotBeReadAreTold() {
    assertThat(unknown(having(Observation.unknown("subnets", "AccessDenied"))))
        .contains("subnets could not be read: AccessDenied");
  }

  @ParameterizedTest(name = "{0} replicas: told {1}")
  @CsvSource({"17, false", "18, true"})
  void nodesAndPodsNeedAnAddressEachInTheSubnetsOfNodes(int replicas, boolean told) {
    assertThat(settle(having(free(1_000, 20), deployment(replicas)), "addresses"))
        .isEqualTo(
            told
                ? List.of("nodes and pods of a new cluster take about 21 addresses, 20 are free")
                : List.of());
  }

  @Test
  void aWorkloadThatDoesNotSayHasOnePodAndADaemonIsNotCounted() {
    // Given: three nodes, one pod, and sixteen more.
    Manifest daemon = object("DaemonSet", "web", "d", Map.of("replicas", 100));
    Manifest silent = object("StatefulSet", "web", "s", Map.of());
    Manifest odd = object("StatefulSet", "web", "o", Map.of("replicas", "many"));

    // Then
    assertThat(settle(having(free(100, 20), daemon, silent, deployment(16)), "addresses"))
        .isEmpty();
    assertThat(settle(having(free(100, 20), silent, odd, deployment(16)), "addresses")).hasSize(1);
  }

  @Test
  void addressesOfIpv6AndOfUnnamedSubnetsAreNotCounted() {
    // Given
    Subject full = having(free(100, 20), deployment(50));
    ClusterSpec s = full.desired().cluster().spec();
    ClusterSpec six =
        new ClusterSpec(
            s.name(),
            s.version(),
            s.roleArn(),
            s.subnetIds(),
            s.securityGroupIds(),
            s.publicAccess(),
            s.privateAccess(),
            s.publicAccessCidrs(),
            s.serviceIpv4Cidr(),
            Optional.of("IPv6"),
            s.secretsKeyArn(),
            s.authenticationMode(),
            s.supportType(),
            s.logTypes(),
            s.tags(),
            s.requestToken());
    List<NodegroupSpec> unnamed = List.of(group(List.of(), "m7g.large", 6, 3));

    // Then
    assertThat(settle(full, "addresses")).hasSize(1);
    assertThat(settle(wanting(full, six, GROUPS, List.of()), "addresses")).isEmpty();
    assertThat(settle(wanting(full, unnamed, List.of()), "addresses")).isEmpty();
  }

  @Test
  void subnetsOfNodesAreNamedToo() {
    // Given
    List<NodegroupSpec> groups = List.of(group(List.of("subnet-3"), "m7g.large", 6, 3));

    // Then
    assertThat(wanting(rendering(), groups, List.of()).subnets())
        .containsExactly("subnet-1", "subnet-2", "subnet-3");
  }

  @Test
  void whatADefinitionAsksForMayReachAQuotaAndNotPassIt() {
    // Given: two groups, the larger of up to six nodes.
    List<NodegroupSpec> groups =
        List.of(
            group(List.of("subnet-2"), "m7g.large", 6, 1),
            group(List.of("subnet-2"), "m7g.large", 2, 1));

    // Then
    assertThat(asking(groups, 2, 6)).isEmpty();
    assertThat(asking(groups, 1, 6))
        .containsExactly(
            "2 managed node groups in a cluster are asked for, the account's quota is 1");
    assertThat(asking(groups, 2, 5))
        .containsExactly("6 nodes in a managed node group are asked for, the account's quota is 5");
  }

  private static List<String> asking(List<NodegroupSpec> groups, int most, int nodes) {
    Map<Quota, Integer> quotas = new HashMap<>();
    quotas.put(Quota.NODEGROUPS, most);
    quotas.put(Quota.NODES, nodes);
    Subject subject = wanting(rendering(), groups, List.of());
    return settle(with(account(free(100, 100), quotas), subject), "quota");
  }
}

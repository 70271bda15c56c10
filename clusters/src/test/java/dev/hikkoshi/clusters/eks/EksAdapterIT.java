package dev.hikkoshi.clusters.eks;

import static dev.hikkoshi.environments.port.EksGateway.ENVIRONMENT_TAG;
import static dev.hikkoshi.environments.port.EksGateway.NUMBER_TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.clusters.account.AccountLooks;
import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.environments.check.doctor.AccountSeen;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.LaunchTemplate;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.fault.FaultRule;
import dev.hikkoshi.sandbox.fault.FaultRule.Effect;
import dev.hikkoshi.sandbox.physics.Physics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** One cluster's life through the adapter, with faults, in a sandbox with real API servers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EksAdapterIT {

  private static final String NAME = "shop-1-37-1";
  private static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
  private static final String TRAFFIC = "arn:aws:iam::111122223333:role/traffic";
  private static final String KEY =
      "arn:aws:kms:ap-northeast-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
  private static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004");
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir static Path directory;
  private static Sandbox sandbox;
  private static AwsClients aws;
  private static EksAdapter eks;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
    aws =
        AwsClients.of(
            AwsSettings.standard().at(sandbox.endpoint()).in("ap-northeast-1"),
            StaticCredentialsProvider.create(credentials()));
    eks = new EksAdapter(aws, InstantSource.system());
  }

  private static AwsCredentials credentials() {
    var keys = sandbox.keys().hikkoshi();
    return AwsSessionCredentials.create(
        keys.accessKeyId(), keys.secretKey(), String.valueOf(keys.sessionToken()));
  }

  @AfterAll
  static void stop() {
    aws.close();
    sandbox.close();
  }

  @AfterEach
  void noFaults() {
    sandbox.faults().clear();
  }

  @Test
  @Order(1)
  void theAccountIsTheOneOfTheCredentials() {
    assertThat(new StsIdentity(aws).account()).isEqualTo(Observation.known("111122223333"));
  }

  @Test
  @Order(1)
  void anAccountThatCannotBeAskedIsUnknown() {
    // Given
    fault("sts", "*", Effect.ERROR_BEFORE, 0);

    // Then
    assertThat(new StsIdentity(aws).account()).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  @Order(1)
  void aRoleOfAnotherAccountIsAssumedOnce() {
    // Given
    Optional<String> role = Optional.of(TRAFFIC);

    // When
    aws.route53(role).listHostedZones();
    aws.route53Writes(role);
    aws.route53(role).listHostedZones();

    // Then
    assertThat(calls("AssumeRole")).isEqualTo(1);
    assertThat(sandbox.calls().after(0, c -> c.operation().equals("ListHostedZones"), 10))
        .allMatch(call -> call.principal().contains("role/traffic"));
  }

  @Test
  @Order(1)
  void versionsInStandardSupportAreKnown() {
    assertThat(eks.versions().known().orElseThrow())
        .anyMatch(v -> v.version().equals("1.37") && v.standardSupport());
  }

  @Test
  @Order(2)
  void aThrottledCreationIsThrottledAndCreatesNothing() {
    // Given
    fault("eks", "CreateCluster", Effect.THROTTLE, 1);

    // When
    Outcome outcome = eks.createCluster(spec("c0ffee"));

    // Then: one request, not repeated
    assertThat(outcome).isInstanceOf(Outcome.Throttled.class);
    assertThat(calls("CreateCluster")).isEqualTo(1);
    assertThat(eks.cluster(NAME)).isEqualTo(Observation.known(Optional.empty()));
  }

  @Test
  @Order(3)
  void aCreationWhoseAnswerIsLostIsUnclearAndThenFound() {
    // Given
    fault("eks", "CreateCluster", Effect.LOST, 1);
    int before = calls("CreateCluster");

    // When
    Outcome lost = eks.createCluster(spec("c0ffee"));
    int sent = calls("CreateCluster") - before;
    Outcome again = eks.createCluster(spec("c0ffee"));

    // Then
    assertThat(lost).isInstanceOf(Outcome.Unclear.class);
    assertThat(sent).isEqualTo(1);
    assertThat(done(again).facts()).containsEntry("arn", seen().identity().arn());
    assertThat(eks.clusters(Set.of("shop")).known().orElseThrow()).hasSize(1);
  }

  @Test
  @Order(4)
  void aLaterAttemptWithOtherTagsOfThePersonsStillFindsTheCluster() {
    // When: the same token with other parameters, which EKS refuses as such
    Outcome outcome = eks.createCluster(spec("another commit"));

    // Then
    assertThat(done(outcome).facts()).containsEntry("arn", seen().identity().arn());
    assertThat(seen().tags()).containsEntry("commit", "c0ffee");
  }

  @Test
  @Order(5)
  void aClusterThatIsReadyCanBeEnteredWithATokenOfOurs() {
    // Given
    await().atMost(LONG).until(() -> seen().status() == Status.ACTIVE);
    ClusterSeen cluster = seen();
    assertThat(cluster.deletionProtection()).isTrue();
    assertThat(cluster.certificateAuthority())
        .hasValueSatisfying(pem -> assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----"));

    // When
    try (KubeClients clients = new KubeClients(new EksTokens(aws, Clock.systemUTC()))) {
      var version = clients.connect(cluster).orElseThrow().api().get("/version");

      // Then
      assertThat(version.orElseThrow().path("minor").asText()).isEqualTo("37");
    }
  }

  @Test
  @Order(6)
  void theKeyOfSecretsIsToldWithWhatTheClusterWasBuiltWith() {
    assertThat(seen().built()).containsEntry("secretsEncryption.keyARN", KEY);
    assertThat(new ClusterDescription(aws, InstantSource.system()).of(NAME).known().orElseThrow())
        .hasValueSatisfying(
            there ->
                assertThat(there.file()).containsEntry("secretsEncryption", Map.of("keyARN", KEY)));
  }

  @Test
  @Order(6)
  void aNodeGroupWhoseCreationAnswered500IsThereAndNotMadeTwice() {
    // Given
    fault("eks", "CreateNodegroup", Effect.ERROR_AFTER, 1);
    int before = calls("CreateNodegroup");

    // When
    Outcome first = eks.createNodegroup(seen(), nodes("nodes"));
    Outcome again = eks.createNodegroup(seen(), nodes("nodes"));
    Outcome withAnotherToken = eks.createNodegroup(seen(), nodes("nodes"));

    // Then
    assertThat(first).isInstanceOf(Outcome.Unclear.class);
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(withAnotherToken).isInstanceOf(Outcome.Done.class);
    assertThat(calls("CreateNodegroup") - before).isEqualTo(3);
    await().atMost(LONG).until(() -> groups().stream().allMatch(NodegroupSeen::active));
    assertThat(groups()).containsExactly(new NodegroupSeen("nodes", "ACTIVE", 1, 3, 2, List.of()));
  }

  @Test
  @Order(7)
  void boundsOfANodeGroupChange() {
    // When
    Outcome outcome = eks.scaleNodegroup(seen(), "nodes", 2, 4, 2);

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    await()
        .atMost(LONG)
        .until(() -> groups().getFirst().max() == 4 && groups().getFirst().active());
  }

  @Test
  @Order(7)
  void whatAClusterTakesOfItsSubnetsIsNotFreeAnyMore() {
    // When
    AccountSeen seen = new AccountLooks(aws).look(Set.copyOf(SUBNETS), Set.of());

    // Then: of a /20 less five, one for the control plane and one of two nodes in each
    assertThat(seen.subnets().known().orElseThrow())
        .extracting(AccountSeen.SubnetSeen::free)
        .containsExactly(4089, 4089);
    assertThat(seen.clusters()).isEqualTo(Observation.known(1));
  }

  @Test
  @Order(7)
  void addOnsAndAccessEntriesAreMadeOnceHoweverOftenTheyAreAsked() {
    // Given
    AddonSpec addon =
        new AddonSpec("coredns", Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    AccessEntrySpec entry = new AccessEntrySpec(TRAFFIC, List.of("viewers"), List.of(VIEW));
    AccessEntrySpec other = new AccessEntrySpec(TRAFFIC, List.of("admins"), List.of());

    // When
    List<Outcome> outcomes =
        List.of(
            eks.createAddon(seen(), addon),
            eks.createAddon(seen(), addon),
            eks.createAccessEntry(seen(), entry),
            eks.createAccessEntry(seen(), entry));
    Outcome differs = eks.createAccessEntry(seen(), other);

    // Then
    assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
    assertThat(differs)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.message()).contains("viewers", "admins"));
    assertThat(seen().accessEntries().known().orElseThrow())
        .anyMatch(
            e ->
                e.principalArn().equals(TRAFFIC)
                    && e.groups().equals(List.of("viewers"))
                    && e.policyArns().equals(List.of(VIEW)));
    await()
        .atMost(LONG)
        .until(() -> seen().addons().known().orElseThrow().stream().allMatch(AddonSeen::active));
  }

  @Test
  @Order(7)
  void aPolicyThatCouldNotBeAssociatedIsAssociatedByTheNextAttempt() {
    // Given
    String role = "arn:aws:iam::111122223333:role/eks-cluster";
    AccessEntrySpec entry = new AccessEntrySpec(role, List.of(), List.of(VIEW));
    fault("eks", "AssociateAccessPolicy", Effect.ERROR_BEFORE, 1);

    // When
    Outcome half = eks.createAccessEntry(seen(), entry);
    Outcome whole = eks.createAccessEntry(seen(), entry);

    // Then
    assertThat(half).isInstanceOf(Outcome.Unclear.class);
    assertThat(whole).isInstanceOf(Outcome.Done.class);
    assertThat(seen().accessEntries().known().orElseThrow())
        .anyMatch(e -> e.principalArn().equals(role) && e.policyArns().equals(List.of(VIEW)));
  }

  @Test
  @Order(7)
  void whatIsTakenAwayCanBeMadeAgainUnderTheSameName() {
    // Given
    NodegroupSpec spare = nodes("spare");
    AddonSpec addon =
        new AddonSpec("kube-proxy", Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    for (int round = 0; round < 2; round++) {
      // When
      List<Outcome> made =
          List.of(eks.createNodegroup(seen(), spare), eks.createAddon(seen(), addon));

      // Then
      assertThat(made).allMatch(Outcome.Done.class::isInstance);
      await().atMost(LONG).until(() -> group("spare").filter(NodegroupSeen::active).isPresent());
      await().atMost(LONG).until(() -> addon("kube-proxy").filter(AddonSeen::active).isPresent());

      // When
      List<Outcome> taken =
          List.of(eks.deleteNodegroup(seen(), "spare"), eks.deleteAddon(seen(), "kube-proxy"));

      // Then
      assertThat(taken).allMatch(Outcome.Done.class::isInstance);
      await().atMost(LONG).until(() -> group("spare").isEmpty() && addon("kube-proxy").isEmpty());
    }
    assertThat(eks.deleteAddon(seen(), "kube-proxy")).isInstanceOf(Outcome.Done.class);
  }

  @Test
  @Order(7)
  void whatANodeGroupIsMadeOfIsWhatEksAnswers() {
    // Given
    NodegroupSpec plain = nodes("spot");
    NodegroupSpec spot =
        new NodegroupSpec(
            plain.name(),
            plain.nodeRoleArn(),
            plain.subnetIds(),
            List.of("m7i.large", "m6i.large"),
            plain.amiType(),
            true,
            Optional.of(new LaunchTemplate("lt-0a1b2c3d4e5f60001", "3")),
            plain.min(),
            plain.max(),
            plain.desired(),
            plain.diskSize(),
            plain.labels(),
            plain.taints(),
            plain.tags());

    // When
    Outcome made = eks.createNodegroup(seen(), spot);

    // Then
    assertThat(made).isInstanceOf(Outcome.Done.class);
    Nodegroup there =
        aws.eks().describeNodegroup(b -> b.clusterName(NAME).nodegroupName("spot")).nodegroup();
    assertThat(there.capacityType()).isEqualTo(CapacityTypes.SPOT);
    assertThat(there.instanceTypes()).containsExactly("m7i.large", "m6i.large");
    assertThat(there.launchTemplate().id()).isEqualTo("lt-0a1b2c3d4e5f60001");
    assertThat(there.launchTemplate().version()).isEqualTo("3");
    assertThat(there.diskSize()).isNull();
    // For the tests that follow
    await().atMost(LONG).until(() -> group("spot").filter(NodegroupSeen::active).isPresent());
    assertThat(eks.deleteNodegroup(seen(), "spot")).isInstanceOf(Outcome.Done.class);
    await().atMost(LONG).until(() -> group("spot").isEmpty());
  }

  @Test
  @Order(7)
  void anEntryLosesAPolicyAndThenGoesButNotTheCallersOwn() {
    // Given
    String role = "arn:aws:iam::111122223333:user/operator";
    eks.createAccessEntry(seen(), new AccessEntrySpec(role, List.of(), List.of(VIEW)));

    // When
    Outcome policy = eks.disassociatePolicy(seen(), role, VIEW);

    // Then
    assertThat(policy).isInstanceOf(Outcome.Done.class);
    assertThat(entry(role).orElseThrow().policyArns()).isEmpty();

    // When
    Outcome first = eks.deleteAccessEntry(seen(), role);
    Outcome again = eks.deleteAccessEntry(seen(), role);

    // Then
    assertThat(List.of(first, again)).allMatch(Outcome.Done.class::isInstance);
    assertThat(entry(role)).isEmpty();

    // Then
    assertThat(eks.deleteAccessEntry(seen(), own()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo("OwnEntry"));
    assertThat(entry(own())).isPresent();
  }

  @Test
  @Order(7)
  void aServiceAccountGetsItsRoleThenAnotherAndLosesIt() {
    // Given
    PodIdentitySpec web = new PodIdentitySpec("web", "web", TRAFFIC, Map.of("app", "web"));
    String node = "arn:aws:iam::111122223333:role/eks-node";

    // When
    Outcome made = eks.createPodIdentity(seen(), web);
    Outcome behind = eks.createPodIdentity(seen(), web);

    // Then: the list does not show it yet, which proves neither that it is there nor that it is not
    assertThat(made).isInstanceOf(Outcome.Done.class);
    assertThat(behind).isInstanceOf(Outcome.Unclear.class);
    await().atMost(LONG).until(() -> podIdentity("web/web").isPresent());
    assertThat(podIdentity("web/web").orElseThrow())
        .satisfies(p -> assertThat(p.roleArn()).isEqualTo(TRAFFIC))
        .satisfies(p -> assertThat(p.owner()).isEmpty());

    // When
    Outcome again = eks.createPodIdentity(seen(), web);
    Outcome other =
        eks.createPodIdentity(seen(), new PodIdentitySpec("web", "web", node, Map.of()));
    PodIdentitySeen there = podIdentity("web/web").orElseThrow();
    Outcome changed = eks.changePodIdentity(seen(), there, node);

    // Then
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(other).isInstanceOf(Outcome.Changed.class);
    assertThat(changed).isInstanceOf(Outcome.Done.class);
    assertThat(podIdentity("web/web").orElseThrow().roleArn()).isEqualTo(node);

    // Then: a cluster file says it
    assertThat(String.valueOf(described(NAME).file().get("iam")))
        .contains("namespace=web, serviceAccountName=web, roleARN=" + node + ", tags={app=web}");

    // When
    Outcome gone = eks.deletePodIdentity(seen(), there);
    Outcome twice = eks.deletePodIdentity(seen(), there);

    // Then
    assertThat(List.of(gone, twice)).allMatch(Outcome.Done.class::isInstance);
    assertThat(podIdentity("web/web")).isEmpty();
    assertThat(eks.changePodIdentity(seen(), there, node)).isInstanceOf(Outcome.Changed.class);
  }

  private static ClusterDescription.Described described(String name) {
    return new ClusterDescription(aws, Clock.systemUTC())
        .of(name)
        .known()
        .orElseThrow()
        .orElseThrow();
  }

  private Optional<PodIdentitySeen> podIdentity(String account) {
    return seen().podIdentities().known().orElseThrow().stream()
        .filter(p -> p.account().equals(account))
        .findFirst();
  }

  @Test
  @Order(7)
  void clustersOfOthersAreNotDescribedAgainAndOurOwnAlwaysAre() {
    // Given
    eks.clusters(Set.of("blog"));
    int before = calls("DescribeCluster");

    // When
    Observation<List<ClusterSeen>> blog = eks.clusters(Set.of("blog"));
    int others = calls("DescribeCluster") - before;
    Observation<List<ClusterSeen>> shop = eks.clusters(Set.of("shop"));
    int own = calls("DescribeCluster") - before - others;

    // Then
    assertThat(blog).isEqualTo(Observation.known(List.of()));
    assertThat(others).isZero();
    assertThat(own).isEqualTo(shop.known().orElseThrow().size()).isPositive();
  }

  private Optional<NodegroupSeen> group(String name) {
    return groups().stream().filter(g -> g.name().equals(name)).findFirst();
  }

  private Optional<AddonSeen> addon(String name) {
    return seen().addons().known().orElseThrow().stream()
        .filter(a -> a.name().equals(name))
        .findFirst();
  }

  private Optional<AccessEntrySeen> entry(String principal) {
    return seen().accessEntries().known().orElseThrow().stream()
        .filter(e -> e.principalArn().equals(principal))
        .findFirst();
  }

  /** Whoever creates a cluster gets the first entry. */
  private String own() {
    return "arn:aws:iam::111122223333:role/hikkoshi";
  }

  @Test
  @Order(8)
  void aNameThatAStrangerHasIsRefusedAndNothingOfItIsTouched() {
    // Given
    aws.eksWrites()
        .createCluster(
            b ->
                b.name("shop-1-37-2")
                    .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                    .resourcesVpcConfig(v -> v.subnetIds(SUBNETS))
                    .tags(Map.of("owner", "somebody")));
    await().atMost(LONG).until(() -> named("shop-1-37-2").orElseThrow().status() == Status.ACTIVE);
    ClusterSeen stranger = named("shop-1-37-2").orElseThrow();

    // When
    Outcome create = eks.createCluster(spec("shop-1-37-2", 2, "c0ffee"));
    Outcome delete = eks.deleteCluster(stranger);

    // Then
    assertThat(create)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.message()).contains("number 2 of environment shop"));
    assertThat(delete).isInstanceOf(Outcome.Refused.class);
    assertThat(named("shop-1-37-2").orElseThrow().identity()).isEqualTo(stranger.identity());
    assertThat(eks.clusters(Set.of("shop")).known().orElseThrow())
        .extracting(ClusterSeen::name)
        .containsExactly(NAME);
    aws.eksWrites().deleteCluster(b -> b.name("shop-1-37-2"));
  }

  @Test
  @Order(9)
  void whatIsNotTheClusterThatWasSeenIsNotWrittenTo() {
    // Given
    ClusterSeen now = seen();
    ClusterSeen earlier =
        with(now, new Identity(now.identity().arn(), now.identity().createdAt().minusSeconds(60)));
    int before = calls("DeleteNodegroup") + calls("DeleteCluster") + calls("UpdateClusterConfig");

    // When
    List<Outcome> outcomes =
        List.of(
            eks.deleteNodegroup(earlier, "nodes"),
            eks.unprotect(earlier),
            eks.deleteCluster(earlier));

    // Then
    assertThat(outcomes).allMatch(Outcome.Changed.class::isInstance);
    assertThat(calls("DeleteNodegroup") + calls("DeleteCluster") + calls("UpdateClusterConfig"))
        .isEqualTo(before);
  }

  @Test
  @Order(9)
  void aListThatIsThrottledForLongIsUnknownAndNotEmpty() {
    // Given
    fault("eks", "ListClusters", Effect.THROTTLE, 0);

    // Then
    assertThat(eks.clusters(Set.of("shop"))).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  @Order(9)
  void aListThatFailsOnceIsAskedAgain() {
    // Given
    fault("eks", "ListClusters", Effect.ERROR_BEFORE, 1);

    // Then
    assertThat(eks.clusters(Set.of("shop")).known().orElseThrow()).hasSize(1);
  }

  @Test
  @Order(9)
  void nodeGroupsThatCannotBeDescribedAreUnknownAndTheRestIsSeen() {
    // Given
    fault("eks", "DescribeNodegroup", Effect.ERROR_BEFORE, 0);

    // When
    ClusterSeen cluster = seen();

    // Then
    assertThat(cluster.nodegroups()).isInstanceOf(Observation.Unknown.class);
    assertThat(cluster.addons()).isInstanceOf(Observation.Known.class);
  }

  @Test
  @Order(9)
  void aClusterOfNobodyIsSeenByNameWithWhatItWasBuiltWith() {
    // Given
    byHand("Legacy_main");

    // When
    ClusterSeen legacy = named("Legacy_main").orElseThrow();

    // Then
    assertThat(legacy.built())
        .containsEntry("metadata.version", "1.36")
        .containsEntry("metadata.region", "ap-northeast-1")
        .containsEntry("iam.serviceRoleARN", "arn:aws:iam::111122223333:role/eks-cluster")
        .containsKeys("vpc.id", "accessConfig.authenticationMode");
    assertThat(eks.clusters(Set.of("shop")).known().orElseThrow())
        .extracting(ClusterSeen::name)
        .doesNotContain("Legacy_main");
  }

  @Test
  @Order(9)
  void ourTagsAreTheOnlyWriteOfAnAdoption() {
    // Given
    byHand("Legacy_2");
    ClusterSeen legacy = named("Legacy_2").orElseThrow();
    assertThat(eks.clusters(Set.of("legacy"))).isEqualTo(Observation.known(List.of()));

    // When
    Outcome tagged = eks.tagCluster(legacy, Map.of(ENVIRONMENT_TAG, "legacy", NUMBER_TAG, "1"));
    Outcome others = eks.tagCluster(legacy, Map.of(ENVIRONMENT_TAG, "search", NUMBER_TAG, "1"));

    // Then: it is seen at once, though it was met as a stranger a moment ago
    assertThat(tagged).isInstanceOf(Outcome.Done.class);
    assertThat(others).isInstanceOf(Outcome.Refused.class);
    assertThat(eks.clusters(Set.of("legacy")).known().orElseThrow())
        .singleElement()
        .satisfies(c -> assertThat(c.tags()).containsEntry(NUMBER_TAG, "1"));
  }

  private static void byHand(String name) {
    aws.eksWrites()
        .createCluster(
            b ->
                b.name(name)
                    .version("1.36")
                    .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                    .resourcesVpcConfig(v -> v.subnetIds(SUBNETS)));
  }

  @Test
  @Order(9)
  void ourTagsComeOffAndThoseOfPeopleStay() {
    // Given
    NodegroupSpec own = nodes("tagged").ofEnvironment("shop");
    assertThat(eks.createNodegroup(seen(), own)).isInstanceOf(Outcome.Done.class);
    await().atMost(LONG).until(() -> groups().stream().allMatch(NodegroupSeen::active));
    ClusterSeen cluster = seen();
    fault("eks", "UntagResource", Effect.THROTTLE, 1);

    // When the first of two is not done
    Outcome throttled = eks.untagCluster(cluster);
    var between = eks.clusters(Set.of("shop")).known().orElseThrow();
    Outcome done = eks.untagCluster(cluster);
    Outcome again = eks.untagCluster(cluster);

    // Then
    assertThat(throttled).isInstanceOf(Outcome.Throttled.class);
    assertThat(between).extracting(ClusterSeen::name).containsExactly(NAME);
    assertThat(done).isInstanceOf(Outcome.Done.class);
    assertThat(again).isInstanceOf(Outcome.Changed.class);
    assertThat(seen().tags()).containsOnlyKeys("commit");
    assertThat(nodegroupTags("tagged")).isEmpty();
    assertThat(eks.clusters(Set.of("shop")).known().orElseThrow()).isEmpty();
    adoptedAgain();
    // For the tests that follow
    assertThat(eks.deleteNodegroup(seen(), "tagged")).isInstanceOf(Outcome.Done.class);
    await().atMost(LONG).until(() -> groups().size() == 1);
  }

  /** The node groups carry our tags before their cluster does. */
  private static void adoptedAgain() {
    Map<String, String> ours = Map.of(ENVIRONMENT_TAG, "shop", NUMBER_TAG, "1");
    fault("eks", "TagResource", Effect.THROTTLE, 1);

    Outcome throttled = eks.tagCluster(seen(), ours);
    Map<String, String> between = seen().tags();
    Outcome done = eks.tagCluster(seen(), ours);

    assertThat(throttled).isInstanceOf(Outcome.Throttled.class);
    assertThat(between).doesNotContainKey(ENVIRONMENT_TAG);
    assertThat(done).isInstanceOf(Outcome.Done.class);
    assertThat(seen().tags()).containsAllEntriesOf(ours);
    assertThat(nodegroupTags("tagged")).containsAllEntriesOf(ours);
  }

  private static Map<String, String> nodegroupTags(String name) {
    return aws.eks()
        .describeNodegroup(b -> b.clusterName(NAME).nodegroupName(name))
        .nodegroup()
        .tags();
  }

  @Test
  @Order(10)
  void aClusterIsDeletedInOrderOnly() {
    // When
    Outcome early = eks.deleteCluster(seen());
    Outcome unprotected = eks.unprotect(seen());
    await().atMost(LONG).until(() -> seen().status() == Status.ACTIVE);
    Outcome withNodes = eks.deleteCluster(seen());

    // Then
    assertThat(early).isInstanceOf(Outcome.Refused.class);
    assertThat(unprotected).isInstanceOf(Outcome.Done.class);
    assertThat(seen().deletionProtection()).isFalse();
    assertThat(withNodes)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("ResourceInUseException"));
  }

  @Test
  @Order(11)
  void aDeletionThatAnswered500IsUnclearAndTheClusterGoes() {
    // Given
    ClusterSeen cluster = seen();
    assertThat(eks.deleteNodegroup(cluster, "nodes")).isInstanceOf(Outcome.Done.class);
    await().atMost(LONG).until(() -> groups().isEmpty());
    assertThat(eks.deleteNodegroup(cluster, "nodes")).isInstanceOf(Outcome.Done.class);
    fault("eks", "DeleteCluster", Effect.ERROR_AFTER, 1);

    // When
    Outcome unclear = eks.deleteCluster(seen());

    // Then
    assertThat(unclear).isInstanceOf(Outcome.Unclear.class);
    await().atMost(LONG).until(() -> named(NAME).isEmpty());
    assertThat(eks.deleteCluster(cluster)).isInstanceOf(Outcome.Changed.class);
    assertThat(eks.clusters(Set.of("shop"))).isEqualTo(Observation.known(List.of()));
  }

  private static ClusterSpec spec(String commit) {
    return spec(NAME, 1, commit);
  }

  private static ClusterSpec spec(String name, int number, String commit) {
    Map<String, String> tags = new HashMap<>();
    tags.put(ENVIRONMENT_TAG, "shop");
    tags.put(NUMBER_TAG, Integer.toString(number));
    tags.put("commit", commit);
    return new ClusterSpec(
        name,
        "1.37",
        "arn:aws:iam::111122223333:role/eks-cluster",
        SUBNETS,
        List.of(),
        true,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(KEY),
        "API",
        "STANDARD",
        List.of("api"),
        tags,
        "token-of-" + name);
  }

  private static NodegroupSpec nodes(String name) {
    return new NodegroupSpec(
        name,
        "arn:aws:iam::111122223333:role/eks-node",
        SUBNETS,
        List.of("m7i.large"),
        Optional.empty(),
        false,
        Optional.empty(),
        1,
        3,
        2,
        Optional.empty(),
        Map.of("tier", "web"),
        List.of(),
        Map.of());
  }

  private static ClusterSeen with(ClusterSeen c, Identity identity) {
    return new ClusterSeen(
        c.name(),
        identity,
        c.version(),
        c.status(),
        c.tags(),
        c.endpoint(),
        c.certificateAuthority(),
        c.oidcIssuer(),
        c.deletionProtection(),
        c.built(),
        c.issues(),
        c.nodegroups(),
        c.addons(),
        c.accessEntries(),
        c.podIdentities());
  }

  private static Optional<ClusterSeen> named(String name) {
    return eks.cluster(name).known().orElseThrow();
  }

  private static ClusterSeen seen() {
    return named(NAME).orElseThrow();
  }

  private static List<NodegroupSeen> groups() {
    return seen().nodegroups().known().orElseThrow();
  }

  private static Outcome.Done done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) outcome;
  }

  private static void fault(String service, String operation, Effect effect, int count) {
    sandbox.faults().add(FaultRule.of(service, operation, 0, count, 1.0, 1L, effect.text(), null));
  }

  private static int calls(String operation) {
    return (int)
        sandbox.calls().after(0, call -> call.operation().equals(operation), 10_000).size();
  }
}

package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.environments.check.Binomial;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promise of {@link dev.hikkoshi.environments.port.BalancerGateway}. */
abstract class BalancerContract {

  private static final Probe PROBE = new Probe("/healthz", 5, 2, 2, "200");
  private static final int PORT = 8080;

  BalancerWorld world;

  abstract BalancerWorld open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    world = open();
  }

  @AfterEach
  void end() {
    world.close();
  }

  void needs(Trait trait) {
    assumeTrue(world.lacks(trait).isEmpty(), () -> world.lacks(trait).orElse(""));
  }

  AlbRouteSeen seen() {
    return Observations.value(world.gateway().route(world.rule()));
  }

  Outcome create(String cluster) {
    return world.gateway().createGroup(world.rule(), seen(), cluster, PORT, PROBE);
  }

  String group(String cluster) {
    Outcome outcome = create(cluster);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return Objects.requireNonNull(((Outcome.Done) outcome).facts().get("groupArn"));
  }

  Outcome write(AlbRouteSeen seen, GroupWeight... weights) {
    return world.gateway().write(world.rule(), seen, List.of(weights));
  }

  void written(GroupWeight... weights) {
    assertThat(write(seen(), weights)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  @Page("API_DescribeRules: all rules of a listener; none of them is the route's")
  void aRuleThatDoesNotExistIsKnownToBeAbsent() {
    // When
    AlbRouteSeen seen = seen();
    // Then
    assertThat(seen.ruleArn()).isEmpty();
    assertThat(seen.groups()).isEmpty();
    assertThat(seen.ours()).isEmpty();
  }

  @Test
  @Page("API_CreateTargetGroup: creates a group that no listener names; tags come with it")
  void aGroupIsCreatedOnce() {
    // When
    String first = group("old");
    String second = group("old");
    // Then
    assertThat(second).isEqualTo(first);
    assertThat(seen().ours()).containsExactly(Map.entry("old", first));
  }

  @Test
  @Page("API_CreateRule: needs a priority of its own; conditions and actions as given")
  void theRuleIsCreatedWithAllWeights() {
    // Given
    String old = group("old");
    // When
    written(new GroupWeight(old, 100));
    // Then
    assertThat(seen().ruleArn()).isPresent();
    assertThat(seen().groups()).containsExactly(new GroupWeight(old, 100));
  }

  @Test
  @Page("API_ModifyRule: the actions that are sent take the place of all")
  void oneWriteMovesBothSides() {
    // Given
    String old = group("old");
    String fresh = group("new");
    written(new GroupWeight(old, 100), new GroupWeight(fresh, 0));
    // When
    written(new GroupWeight(old, 75), new GroupWeight(fresh, 25));
    // Then
    assertThat(seen().groups())
        .containsExactlyInAnyOrder(new GroupWeight(old, 75), new GroupWeight(fresh, 25));
  }

  @Test
  @Page("API_ModifyRule: has no condition on what is there; so it is read again before")
  void nothingIsWrittenOverWeightsThatAreNotThere() {
    // Given
    String old = group("old");
    String fresh = group("new");
    written(new GroupWeight(old, 100), new GroupWeight(fresh, 0));
    AlbRouteSeen before = seen();
    written(new GroupWeight(old, 90), new GroupWeight(fresh, 10));
    // When
    Outcome outcome = write(before, new GroupWeight(old, 50), new GroupWeight(fresh, 50));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    assertThat(seen().groups())
        .containsExactlyInAnyOrder(new GroupWeight(old, 90), new GroupWeight(fresh, 10));
  }

  @Test
  @Page("API_TargetGroupTuple: weight 0 to 999; with all zero nobody gets requests")
  void weightsThatMakeNoSenseAreRefused() {
    // Given
    String old = group("old");
    // When
    Outcome zero = write(seen(), new GroupWeight(old, 0));
    Outcome large = write(seen(), new GroupWeight(old, 1000));
    // Then
    assertThat(zero).isInstanceOf(Outcome.Refused.class);
    assertThat(large).isInstanceOf(Outcome.Refused.class);
    assertThat(seen().ruleArn()).isEmpty();
  }

  @Test
  @Page("API_DeleteTargetGroup, ResourceInUse: a group that a listener names is not deleted")
  void aGroupIsDeletedOnceNobodyNamesIt() {
    needs(Trait.LETTING_GO);
    // Given
    String old = group("old");
    String fresh = group("new");
    written(new GroupWeight(old, 100), new GroupWeight(fresh, 0));
    // When
    Outcome named = world.gateway().deleteGroup(world.rule(), fresh);
    written(new GroupWeight(old, 100));
    Outcome unnamed = world.gateway().deleteGroup(world.rule(), fresh);
    Outcome again = world.gateway().deleteGroup(world.rule(), fresh);
    // Then
    assertThat(named).isInstanceOf(Outcome.Refused.class);
    assertThat(unnamed).isInstanceOf(Outcome.Done.class);
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(seen().ours()).containsOnlyKeys("old");
  }

  @Test
  @Page("API_DeleteTargetGroup: a group that no listener ever named is deleted; twice is once")
  void aGroupThatWasNeverNamedIsDeleted() {
    // Given
    String old = group("old");
    // When
    Outcome first = world.gateway().deleteGroup(world.rule(), old);
    Outcome again = world.gateway().deleteGroup(world.rule(), old);
    // Then
    assertThat(first).isInstanceOf(Outcome.Done.class);
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(seen().ours()).isEmpty();
  }

  @Test
  @Page("API_RemoveTags: a group without tags serves on, and is nobody's that we know")
  void ourTagsComeOffAGroupThatServes() {
    // Given
    String old = group("old");
    written(new GroupWeight(old, 100));
    // When
    Outcome first = world.gateway().untagGroup(world.rule(), old);
    Outcome again = world.gateway().untagGroup(world.rule(), old);
    // Then
    assertThat(first).isInstanceOf(Outcome.Done.class);
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(seen().ours()).isEmpty();
    assertThat(seen().groups()).containsExactly(new GroupWeight(old, 100));
  }

  @Test
  @Page("API_DescribeTags: a group without our tags is somebody else's")
  void aStrangersGroupIsNotDeleted() {
    needs(Trait.STRANGERS);
    // Given
    String stranger = world.strangersGroup();
    // When
    Outcome outcome = world.gateway().deleteGroup(world.rule(), stranger);
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Page("load-balancer-target-groups, weighted: strangers share; they are shown and carried")
  void strangersAreSeenWithTheirWeights() {
    needs(Trait.STRANGERS);
    // Given
    String stranger = world.strangersGroup();
    String old = group("old");
    world.ruleByHand(Map.of(stranger, 30, old, 70), "");
    // When
    AlbRouteSeen seen = seen();
    written(new GroupWeight(stranger, 30), new GroupWeight(old, 170));
    // Then
    assertThat(seen.groups())
        .containsExactlyInAnyOrder(new GroupWeight(stranger, 30), new GroupWeight(old, 70));
    assertThat(seen.ours()).containsExactly(Map.entry("old", old));
    assertThat(seen().groups())
        .containsExactlyInAnyOrder(new GroupWeight(stranger, 30), new GroupWeight(old, 170));
  }

  @Test
  @Page("API_ForwardActionConfig: stickiness is part of the action and has to be sent again")
  void stickinessIsCarriedThroughAWrite() {
    needs(Trait.OTHER_ACTIONS);
    // Given
    String old = group("old");
    String fresh = group("new");
    world.ruleByHand(Map.of(old, 100, fresh, 0), "");
    AlbRouteSeen before = seen();
    // When
    written(new GroupWeight(old, 50), new GroupWeight(fresh, 50));
    // Then
    assertThat(before.stickiness()).isEqualTo(Duration.ofSeconds(60));
    assertThat(seen().stickiness()).isEqualTo(Duration.ofSeconds(60));
    assertThat(seen().fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  @Page("API_RuleCondition: all conditions of a rule have to be met; one more is another rule")
  void aRuleWithAFurtherConditionIsAnotherRule() {
    needs(Trait.OTHER_ACTIONS);
    // Given
    String old = group("old");
    world.ruleByHand(Map.of(old, 1), "/admin/*");
    // When
    AlbRouteSeen seen = seen();
    // Then
    assertThat(seen.ruleArn()).isEmpty();
  }

  @Test
  @Page("API_DescribeLoadBalancers, API_DescribeRules: every action of every listener can be read")
  void whatNamesAGroupIsFound() {
    // Given
    String old = group("old");
    String fresh = group("new");
    written(new GroupWeight(old, 93), new GroupWeight(fresh, 7));
    // When
    List<Reference> found = references(fresh);
    // Then
    String rule = seen().ruleArn().orElse("");
    assertThat(found).containsExactly(new Reference(rule, fresh, 7));
  }

  List<Reference> references(String group) {
    return Observations.value(
        world
            .gateway()
            .references(Set.of(Optional.empty()), Set.of(group), Set.of(world.balancerName())));
  }

  @Test
  @Page(
      "API_CreateTargetGroup: TargetType alb, a network load balancer's way to an application one")
  void aGroupThatForwardsToALoadBalancerIsAReference() {
    needs(Trait.FRONTS);
    // Given
    String front = world.front();
    // When
    List<Reference> found = references("arn:aws:elasticloadbalancing:none");
    // Then
    assertThat(found).containsExactly(new Reference(front, world.balancerName(), -1));
  }

  @Test
  @Page("API_DescribeTags: a group nobody names has no reference")
  void aGroupThatNobodyNamesHasNoReference() {
    // Given
    String old = group("old");
    // When
    List<Reference> found = references(old);
    // Then
    assertThat(found).isEmpty();
  }

  @Test
  @Page("API_TargetHealth: unused until a listener names the group, then initial, then healthy")
  void targetsAreProbedOnceARuleNamesTheGroup() {
    needs(Trait.HEALTH);
    // Given
    String old = group("old");
    world.register("old", old);
    GroupHealth before = health(old);
    // When
    written(new GroupWeight(old, 100));
    GroupHealth after =
        Waiting.until(world::pass, () -> health(old), health -> health.healthy() > 0);
    // Then
    assertThat(before.unused()).isPositive();
    assertThat(before.healthy()).isZero();
    assertThat(after.unused()).isZero();
    assertThat(after.unhealthy()).isZero();
  }

  GroupHealth health(String group) {
    return Objects.requireNonNull(seen().health().get(group));
  }

  @Test
  @Page("API_DescribeLoadBalancers: DNS name, canonical hosted zone and state of each")
  void aLoadBalancerIsFoundByItsDnsName() {
    // When
    Optional<BalancerSeen> found =
        Observations.value(world.gateway().balancer(world.balancerName()));
    Optional<BalancerSeen> none =
        Observations.value(world.gateway().balancer("nobody.elb.amazonaws.com"));
    // Then
    assertThat(found)
        .hasValueSatisfying(
            balancer -> {
              assertThat(balancer.dnsName()).isEqualTo(world.balancerName());
              assertThat(balancer.canonicalZoneId()).isNotEmpty();
              assertThat(balancer.active()).isTrue();
            });
    assertThat(none).isEmpty();
  }

  @Test
  @Page("load-balancer-cloudwatch-metrics, RequestCount by TargetGroup and LoadBalancer, Sum")
  void requestsAreCountedByGroup() {
    needs(Trait.REQUESTS);
    // Given
    String old = group("old");
    String fresh = group("new");
    world.register("old", old);
    world.register("new", fresh);
    written(new GroupWeight(old, 75), new GroupWeight(fresh, 25));
    Waiting.until(
        world::pass,
        () -> health(old).healthy() > 0 && health(fresh).healthy() > 0,
        healthy -> healthy);
    // When
    Instant from = world.send(400);
    Measured measured =
        Waiting.until(
                world::pass,
                () -> requests(Map.of(old, "old", fresh, "new"), from),
                counted -> counted.knownAnd(m -> m.total() >= 400))
            .known()
            .orElseThrow();
    // Then
    assertThat(measured.unit()).isEqualTo(Measured.Unit.REQUESTS);
    long total = measured.total();
    assertThat(Binomial.twoSided(measured.of("new"), total, 0.25)).isGreaterThan(1e-6);
    assertThat(Duration.between(measured.from(), measured.to()).toMillis() % 1000).isZero();
  }

  Observation<Measured> requests(Map<String, String> clusters, Instant from) {
    return world
        .gateway()
        .groupRequests(world.rule(), clusters, from.minus(world.metricPeriod()), world.now());
  }

  @Test
  @Page("load-balancer-cloudwatch-metrics: what is zero may not be reported at all")
  void noDataIsNotZero() {
    needs(Trait.OTHER_ACTIONS);
    // Given
    String old = group("old");
    written(new GroupWeight(old, 1));
    Instant longAgo = world.now().minus(Duration.ofHours(2));
    // When
    Observation<Measured> before =
        world
            .gateway()
            .groupRequests(
                world.rule(),
                Map.of(old, "old"),
                longAgo,
                longAgo.plus(world.metricPeriod().multipliedBy(3)));
    Observation<Measured> tooEarly =
        world.gateway().groupRequests(world.rule(), Map.of(old, "old"), world.now(), world.now());
    // Then
    assertThat(before).isInstanceOf(Observation.Unknown.class);
    assertThat(tooEarly).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  @Page("API_DescribeLoadBalancers, LoadBalancerNotFound: a name that nobody has")
  void aLoadBalancerThatDoesNotExistIsUnknown() {
    needs(Trait.OTHER_ACTIONS);
    // Given
    Rule rule = world.rule();
    Rule elsewhere =
        new Rule(
            rule.environment(),
            rule.route(),
            "nobody",
            rule.port(),
            rule.hosts(),
            rule.paths(),
            rule.role(),
            rule.formerly());
    // When
    Observation<AlbRouteSeen> seen = world.gateway().route(elsewhere);
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }
}

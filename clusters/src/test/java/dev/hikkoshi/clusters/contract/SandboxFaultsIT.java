package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.elb.ElbBalancers;
import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.sandbox.aws.CallLog.Call;
import dev.hikkoshi.sandbox.fault.FaultRule;
import dev.hikkoshi.sandbox.fault.FaultRule.Effect;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an adapter says when a call goes wrong is what happened, as far as anybody can know, and no
 * write is sent twice. Straight to the sandbox, because a proxy would hide cut connections.
 */
class SandboxFaultsIT {

  private static final String CHANGE = "ChangeResourceRecordSets";

  @TempDir static Path directory;
  private static SandboxRegion region;
  private static DnsGateway dns;
  private static BalancerGateway balancers;
  private AwsDnsWorld dnsWorld;
  private AwsBalancerWorld balancerWorld;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
    dns = new Route53Dns(region.region.byHand, region.servers(), InstantSource.system());
    balancers =
        new ElbBalancers(
            region.region.byHand, SandboxRegion.metricPeriod(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @BeforeEach
  void open() {
    var subnets = SandboxRegion.SUBNETS;
    dnsWorld = new AwsDnsWorld(region.region, dns, subnets, Map.of());
    balancerWorld =
        new AwsBalancerWorld(
            region.region, subnets, SandboxRegion.metricPeriod(), region.traffic(), Map.of());
  }

  @AfterEach
  void close() {
    region.sandbox.faults().clear();
    dnsWorld.close();
    balancerWorld.close();
  }

  private static void fault(String service, String operation, int count, Effect effect) {
    region.sandbox.faults().add(new FaultRule(service, operation, 0, count, 1.0, 1, effect, 0));
  }

  private static long last() {
    List<Call> all = region.sandbox.calls().after(0, _ -> true, Integer.MAX_VALUE);
    return all.isEmpty() ? 0 : all.getLast().seq();
  }

  private static List<Call> calls(long after, String operation) {
    return region
        .sandbox
        .calls()
        .after(after, call -> call.operation().equals(operation), Integer.MAX_VALUE);
  }

  private DnsRouteSeen records() {
    return Observations.value(dns.route(dnsWorld.zone(), name()));
  }

  private String name() {
    return "www." + dnsWorld.zone().name();
  }

  private RecordSeen side(int weight) {
    return new RecordSeen(
        name(),
        "A",
        Optional.of("old"),
        OptionalInt.of(weight),
        Optional.empty(),
        Optional.ofNullable(dnsWorld.balancers().get("old")),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private Outcome create(DnsRouteSeen seen) {
    return dns.change(dnsWorld.zone(), seen.zoneId(), List.of(), List.of(side(1)));
  }

  @Test
  void oneLookAsksAboutASharedLoadBalancerOnce() {
    // Given
    BalancerGateway.Rule one = balancerWorld.rule();
    BalancerGateway.Rule other =
        new BalancerGateway.Rule(
            one.environment(),
            "other",
            one.loadBalancer(),
            one.port(),
            List.of("other.example.com"),
            List.of(),
            Optional.empty(),
            Optional.empty());
    Instant now = InstantSource.system().instant();
    long before = last();

    // When
    BalancerGateway look = balancers.forOneLook();
    Observations.value(look.route(one));
    Observations.value(look.route(other));
    look.groupRequests(one, Map.of(), now.minusSeconds(60), now);
    look.balancer(balancerWorld.balancerName());

    // Then
    assertThat(described(before))
        .containsEntry("DescribeLoadBalancers", 2)
        .containsEntry("DescribeListeners", 1)
        .containsEntry("DescribeRules", 1);
    long between = last();

    // When
    Observations.value(balancers.route(one));
    Observations.value(balancers.route(one));

    // Then
    assertThat(described(between)).containsEntry("DescribeRules", 2);
  }

  /** How often each thing was asked since then. */
  private static Map<String, Integer> described(long after) {
    Map<String, Integer> asked = new TreeMap<>();
    region
        .sandbox
        .calls()
        .after(after, call -> call.operation().startsWith("Describe"), Integer.MAX_VALUE)
        .forEach(call -> asked.merge(call.operation(), 1, Integer::sum));
    return asked;
  }

  @Test
  void aThrottledChangeIsToldAsNotDone() {
    // Given
    DnsRouteSeen seen = records();
    long before = last();
    fault("route53", CHANGE, 1, Effect.THROTTLE);
    // When
    Outcome outcome = create(seen);
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Throttled.class);
    assertThat(calls(before, CHANGE)).hasSize(1);
    assertThat(records().records()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"ERROR_AFTER", "LOST", "ERROR_BEFORE", "CUT"})
  void aChangeWithoutAnAnswerIsUnclearAndSentOnce(Effect effect) {
    // Given
    DnsRouteSeen seen = records();
    long before = last();
    fault("route53", CHANGE, 1, effect);
    // When
    Outcome outcome = create(seen);
    // Then
    boolean done = Set.of(Effect.ERROR_AFTER, Effect.LOST).contains(effect);
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
    assertThat(calls(before, CHANGE)).hasSize(1);
    assertThat(records().records()).hasSize(done ? 1 : 0);
  }

  @Test
  void aLookThatFailsOnceIsRepeated() {
    // Given
    records();
    fault("route53", "ListResourceRecordSets", 1, Effect.CUT);
    // When
    Observation<DnsRouteSeen> seen = dns.route(dnsWorld.zone(), name());
    // Then
    assertThat(seen).isInstanceOf(Observation.Known.class);
  }

  @Test
  void aListingThatBreaksOffIsUnknownAndNothingIsWrittenOnIt() {
    // Given
    DnsRouteSeen seen = records();
    long before = last();
    fault("route53", "ListResourceRecordSets", 0, Effect.ERROR_BEFORE);
    // When
    var references = dns.references(Set.of(Optional.empty()), Set.of("any.elb.amazonaws.com"));
    Outcome outcome = create(seen);
    // Then
    assertThat(references).isInstanceOf(Observation.Unknown.class);
    assertThat(outcome).isInstanceOf(Outcome.Throttled.class);
    assertThat(calls(before, CHANGE)).isEmpty();
  }

  private AlbRouteSeen rule() {
    return Observations.value(balancers.route(balancerWorld.rule()));
  }

  private String group(String cluster) {
    Outcome outcome =
        balancers.createGroup(
            balancerWorld.rule(), rule(), cluster, 8080, new Probe("/healthz", 5, 2, 2, "200"));
    return Objects.requireNonNull(((Outcome.Done) outcome).facts().get("groupArn"));
  }

  private Outcome write(AlbRouteSeen seen, String group, int weight) {
    return balancers.write(balancerWorld.rule(), seen, List.of(new GroupWeight(group, weight)));
  }

  @Test
  void aThrottledRuleIsToldAsNotDone() {
    // Given
    String old = group("old");
    write(rule(), old, 1);
    long before = last();
    fault("elasticloadbalancing", "ModifyRule", 1, Effect.THROTTLE);
    // When
    Outcome outcome = write(rule(), old, 5);
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Throttled.class);
    assertThat(calls(before, "ModifyRule")).hasSize(1);
    assertThat(rule().groups()).containsExactly(new GroupWeight(old, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"ERROR_AFTER", "LOST", "ERROR_BEFORE", "CUT"})
  void aRuleWithoutAnAnswerIsUnclearAndSentOnce(Effect effect) {
    // Given
    String old = group("old");
    write(rule(), old, 1);
    long before = last();
    fault("elasticloadbalancing", "ModifyRule", 1, effect);
    // When
    Outcome outcome = write(rule(), old, 5);
    // Then
    boolean done = Set.of(Effect.ERROR_AFTER, Effect.LOST).contains(effect);
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
    assertThat(calls(before, "ModifyRule")).hasSize(1);
    assertThat(rule().groups()).containsExactly(new GroupWeight(old, done ? 5 : 1));
  }

  @Test
  void aGroupWhoseAnswerWasLostIsFoundByTheNextAttempt() {
    // Given
    fault("elasticloadbalancing", "CreateTargetGroup", 1, Effect.LOST);
    AlbRouteSeen seen = rule();
    Probe probe = new Probe("/healthz", 5, 2, 2, "200");
    long before = last();
    // When
    Outcome first = balancers.createGroup(balancerWorld.rule(), seen, "old", 8080, probe);
    Outcome second = balancers.createGroup(balancerWorld.rule(), seen, "old", 8080, probe);
    // Then
    assertThat(first).isInstanceOf(Outcome.Unclear.class);
    assertThat(second).isInstanceOf(Outcome.Done.class);
    assertThat(calls(before, "CreateTargetGroup")).hasSize(1);
    assertThat(rule().ours()).containsOnlyKeys("old");
  }

  @Test
  void aRuleThatCannotBeReadBackIsUnclear() {
    // Given
    String old = group("old");
    write(rule(), old, 1);
    AlbRouteSeen seen = rule();
    region
        .sandbox
        .faults()
        .add(
            new FaultRule(
                "elasticloadbalancing", "DescribeRules", 1, 0, 1.0, 1, Effect.ERROR_BEFORE, 0));
    // When
    Outcome outcome = write(seen, old, 5);
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
  }
}

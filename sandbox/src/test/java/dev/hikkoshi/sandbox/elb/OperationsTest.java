package dev.hikkoshi.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.MapStateStore;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.physics.Physics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What exists after an operation, and what AWS refuses. Pages: API_CreateLoadBalancer.html and its
 * like in the API reference; "limits" is load-balancer-limits.html.
 */
class OperationsTest {

  private static final String REGION = "ap-northeast-1";
  private static final String VPC = "vpc-0a1b2c3d4e5f60001";
  private static final String SUBNET = "subnet-0a1b2c3d4e5f6000";

  private final ManualTime time = new ManualTime();
  private final MapStateStore store = new MapStateStore();
  private final Surroundings around =
      new Surroundings(
          REGION,
          Network.seed(REGION),
          Physics.aws(),
          time,
          new Names(REGION, "111122223333", new Random(7)),
          (group, target) -> TargetHealth.HEALTHY);
  private final Elb elb = new Elb(store, around);

  private static Form form(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return Form.of(values);
  }

  private String call(Operation operation, String... pairs) {
    Outcome outcome = elb.apply(operation, form(pairs));
    return Xml.document("R", "n", outcome.answer());
  }

  private static String between(String xml, String tag) {
    int start = xml.indexOf("<" + tag + ">") + tag.length() + 2;
    return xml.substring(start, xml.indexOf("</" + tag + ">", start));
  }

  private String balancer(String name) {
    return between(
        call(
            BalancerOperations::create,
            "Name",
            name,
            "Subnets.member.1",
            SUBNET + "1",
            "Subnets.member.2",
            SUBNET + "2"),
        "LoadBalancerArn");
  }

  private String group(String name) {
    return between(
        call(
            GroupOperations::create,
            "Name",
            name,
            "Protocol",
            "HTTP",
            "Port",
            "8080",
            "VpcId",
            VPC,
            "TargetType",
            "ip"),
        "TargetGroupArn");
  }

  private String listener(String balancer, String group) {
    return between(
        call(
            ListenerOperations::create,
            "LoadBalancerArn",
            balancer,
            "Protocol",
            "HTTP",
            "Port",
            "80",
            "DefaultActions.member.1.Type",
            "forward",
            "DefaultActions.member.1.TargetGroupArn",
            group),
        "ListenerArn");
  }

  private String rule(String listener, String priority, String group) {
    return between(
        call(
            RuleOperations::create,
            "ListenerArn",
            listener,
            "Priority",
            priority,
            "Conditions.member.1.Field",
            "path-pattern",
            "Conditions.member.1.Values.member.1",
            "/" + priority,
            "Actions.member.1.Type",
            "forward",
            "Actions.member.1.TargetGroupArn",
            group),
        "RuleArn");
  }

  /** What the rows need: two load balancers, the first with a listener, a rule and two groups. */
  private record World(
      String balancer,
      String other,
      String blue,
      String green,
      String listener,
      String rule,
      String defaultRule) {}

  private World world() {
    String balancer = balancer("web");
    String blue = group("blue");
    String listener = listener(balancer, blue);
    return new World(
        balancer,
        balancer("other"),
        blue,
        group("green"),
        listener,
        rule(listener, "10", blue),
        elb.state().listenersOf(balancer).getFirst().defaultRuleArn());
  }

  private record Row(
      String rule,
      String code,
      String message,
      Operation operation,
      Function<World, String[]> form) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static String[] of(String... pairs) {
    return pairs;
  }

  private static String[] forward(String rule, String... groupsAndWeights) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("RuleArn", rule);
    all.put("Actions.member.1.Type", "forward");
    String tuple = "Actions.member.1.ForwardConfig.TargetGroups.member.%d.%s";
    for (int i = 0; i < groupsAndWeights.length; i += 2) {
      all.put(tuple.formatted(i / 2 + 1, "TargetGroupArn"), groupsAndWeights[i]);
      if (!groupsAndWeights[i + 1].isEmpty()) {
        all.put(tuple.formatted(i / 2 + 1, "Weight"), groupsAndWeights[i + 1]);
      }
    }
    return all.entrySet().stream()
        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
        .toArray(String[]::new);
  }

  static Stream<Row> balancers() {
    return Stream.of(
        new Row(
            "API_CreateLoadBalancer: one zone is too few",
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            BalancerOperations::create,
            w -> of("Name", "x", "Subnets.member.1", SUBNET + "1")),
        new Row(
            "API_CreateLoadBalancer: two subnets of one zone",
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            BalancerOperations::create,
            w ->
                of(
                    "Name",
                    "x",
                    "Subnets.member.1",
                    SUBNET + "1",
                    "Subnets.member.2",
                    SUBNET + "3")),
        new Row(
            "API_CreateLoadBalancer: an unknown subnet",
            "SubnetNotFound",
            "The subnet ID 'subnet-1' does not exist",
            BalancerOperations::create,
            w -> of("Name", "x", "Subnets.member.1", "subnet-1")),
        new Row(
            "API_CreateLoadBalancer: the name is taken with other settings",
            "DuplicateLoadBalancerName",
            "A load balancer with the same name 'web' exists, but with different settings",
            BalancerOperations::create,
            w ->
                of(
                    "Name",
                    "web",
                    "Scheme",
                    "internal",
                    "Subnets.member.1",
                    SUBNET + "1",
                    "Subnets.member.2",
                    SUBNET + "2")),
        new Row(
            "API_CreateLoadBalancer: characters of the name",
            "ValidationError",
            "The load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)",
            BalancerOperations::create,
            w -> of("Name", "a_b")),
        new Row(
            "API_CreateLoadBalancer: length of the name",
            "ValidationError",
            "The load balancer name '" + "a".repeat(33) + "' cannot be longer than '32' characters",
            BalancerOperations::create,
            w -> of("Name", "a".repeat(33))),
        new Row(
            "API_DescribeLoadBalancers: an unknown name",
            "LoadBalancerNotFound",
            "Load balancers '[nobody]' not found",
            BalancerOperations::describe,
            w -> of("Names.member.1", "nobody")),
        new Row(
            "API_LoadBalancerAttribute: an unknown key",
            "ValidationError",
            "Load balancer attribute key 'no.such' is not recognized",
            BalancerOperations::modifyAttributes,
            w ->
                of(
                    "LoadBalancerArn", w.balancer(),
                    "Attributes.member.1.Key", "no.such",
                    "Attributes.member.1.Value", "1")));
  }

  static Stream<Row> actions() {
    return Stream.of(
        new Row(
            "API_TargetGroupTuple: weight above 999",
            "ValidationError",
            "The weight for each target group must be between 0 and 999, inclusive",
            RuleOperations::modify,
            w -> forward(w.rule(), w.blue(), "1000", w.green(), "0")),
        new Row(
            "API_TargetGroupTuple: several groups need weights",
            "ValidationError",
            "You must specify a weight for each target group",
            RuleOperations::modify,
            w -> forward(w.rule(), w.blue(), "1", w.green(), "")),
        new Row(
            "limits: five groups an action",
            "ValidationError",
            "A forward action can have at most 5 target groups",
            RuleOperations::modify,
            w -> forward(w.rule(), "a", "1", "b", "1", "c", "1", "d", "1", "e", "1", "f", "1")),
        new Row(
            "API_ForwardActionConfig: a group twice",
            "ValidationError",
            "A target group can be specified only once in a forward action",
            RuleOperations::modify,
            w -> forward(w.rule(), w.blue(), "1", w.blue(), "1")),
        new Row(
            "API_ModifyRule: an unknown group",
            "TargetGroupNotFound",
            "One or more target groups not found",
            RuleOperations::modify,
            w -> forward(w.rule(), "arn:aws:elasticloadbalancing:x:1:targetgroup/a/b", "1")),
        new Row(
            "limits: a group belongs to one load balancer",
            "TargetGroupAssociationLimit",
            "The following target groups cannot be associated with more than one load balancer: ",
            ListenerOperations::create,
            w ->
                of(
                    "LoadBalancerArn", w.other(),
                    "Protocol", "HTTP",
                    "Port", "80",
                    "DefaultActions.member.1.Type", "forward",
                    "DefaultActions.member.1.TargetGroupArn", w.blue())),
        new Row(
            "API_TargetGroupStickinessConfig: seven days at most",
            "ValidationError",
            "Target group stickiness duration must be between 1 and 604800 seconds",
            RuleOperations::modify,
            w -> {
              List<String> all =
                  new java.util.ArrayList<>(List.of(forward(w.rule(), w.blue(), "1")));
              String config = "Actions.member.1.ForwardConfig.TargetGroupStickinessConfig.";
              all.addAll(List.of(config + "Enabled", "true", config + "DurationSeconds", "604801"));
              return all.toArray(String[]::new);
            }));
  }

  static Stream<Row> rulesAndListeners() {
    return Stream.of(
        new Row(
            "API_CreateListener: the port is taken",
            "DuplicateListener",
            "A listener already exists on this port for this load balancer ",
            ListenerOperations::create,
            w ->
                of(
                    "LoadBalancerArn", w.balancer(),
                    "Protocol", "HTTP",
                    "Port", "80",
                    "DefaultActions.member.1.Type", "forward",
                    "DefaultActions.member.1.TargetGroupArn", w.blue())),
        new Row(
            "API_CreateListener: HTTPS needs a certificate",
            "ValidationError",
            "A certificate must be specified for HTTPS listeners",
            ListenerOperations::create,
            w ->
                of(
                    "LoadBalancerArn", w.balancer(),
                    "Protocol", "HTTPS",
                    "Port", "443",
                    "DefaultActions.member.1.Type", "forward",
                    "DefaultActions.member.1.TargetGroupArn", w.blue())),
        new Row(
            "API_CreateRule: the priority is taken",
            "PriorityInUse",
            "Priority '10' is currently in use",
            RuleOperations::create,
            w -> of("ListenerArn", w.listener(), "Priority", "10")),
        new Row(
            "API_CreateRule: no condition",
            "ValidationError",
            "A condition must be specified",
            RuleOperations::create,
            w -> of("ListenerArn", w.listener(), "Priority", "11")),
        new Row(
            "API_ModifyRule: not the default rule",
            "OperationNotPermitted",
            "Default rule ",
            RuleOperations::modify,
            w -> forward(w.defaultRule(), w.blue(), "1")),
        new Row(
            "API_DeleteRule: not the default rule",
            "OperationNotPermitted",
            "Default rule ",
            RuleOperations::delete,
            w -> of("RuleArn", w.defaultRule())),
        new Row(
            "API_DeleteRule: an unknown rule",
            "RuleNotFound",
            "One or more rules not found",
            RuleOperations::delete,
            w -> of("RuleArn", "arn:x")),
        new Row(
            "API_DescribeRules: neither listener nor rules",
            "ValidationError",
            "You must specify either listener rule ARNs or a listener ARN",
            RuleOperations::describe,
            w -> of()));
  }

  static Stream<Row> groups() {
    return Stream.of(
        new Row(
            "API_DeleteTargetGroup: a rule names it",
            "ResourceInUse",
            " is currently in use by a listener or a rule",
            GroupOperations::delete,
            w -> of("TargetGroupArn", w.blue())),
        new Row(
            "API_CreateTargetGroup: the name is taken with other settings",
            "DuplicateTargetGroupName",
            "A target group with the same name 'blue' exists, but with different settings",
            GroupOperations::create,
            w ->
                of(
                    "Name",
                    "blue",
                    "Protocol",
                    "HTTP",
                    "Port",
                    "9",
                    "VpcId",
                    VPC,
                    "TargetType",
                    "ip")),
        new Row(
            "API_CreateTargetGroup: interval below five seconds",
            "ValidationError",
            "'4' for 'HealthCheckIntervalSeconds' is not valid: must be between 5 and 300",
            GroupOperations::create,
            w ->
                of(
                    "Name", "n",
                    "Protocol", "HTTP",
                    "Port", "80",
                    "VpcId", VPC,
                    "TargetType", "ip",
                    "HealthCheckIntervalSeconds", "4")),
        new Row(
            "API_CreateTargetGroup: the timeout is not shorter than the interval",
            "ValidationError",
            "Health check interval must be greater than the timeout.",
            GroupOperations::create,
            w ->
                of(
                    "Name", "n",
                    "Protocol", "HTTP",
                    "Port", "80",
                    "VpcId", VPC,
                    "TargetType", "ip",
                    "HealthCheckIntervalSeconds", "5")),
        new Row(
            "API_CreateTargetGroup: what the sandbox does not play is refused, not dropped",
            "ValidationError",
            "The sandbox plays TargetType 'ip', not 'instance'",
            GroupOperations::create,
            w -> of("Name", "n", "Protocol", "HTTP", "Port", "80", "VpcId", VPC)),
        new Row(
            "API_Matcher: 200 to 499",
            "ValidationError",
            "Health check matcher HTTP code '200-599' must be within '200-499' inclusive",
            GroupOperations::modify,
            w -> of("TargetGroupArn", w.blue(), "Matcher.HttpCode", "200-599")),
        new Row(
            "API_RegisterTargets: an address outside the VPC",
            "ValidationError",
            "The IP address '8.8.8.8' is not a valid IPv4 address of the VPC",
            TargetOperations::register,
            w -> of("TargetGroupArn", w.blue(), "Targets.member.1.Id", "8.8.8.8")),
        new Row(
            "API_AddTags: the same key twice",
            "DuplicateTagKeys",
            "Duplicate tag key 'a' was specified",
            TagSet::add,
            w ->
                of(
                    "ResourceArns.member.1", w.blue(),
                    "Tags.member.1.Key", "a",
                    "Tags.member.2.Key", "a")));
  }

  @ParameterizedTest
  @MethodSource({"balancers", "actions", "rulesAndListeners", "groups"})
  void whatAwsRefusesIsRefusedAndNothingChanges(Row row) {
    // Given
    World world = world();
    ElbState before = elb.state();
    // When, then
    assertThatThrownBy(() -> call(row.operation(), row.form().apply(world)))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(row.code()))
        .hasMessageContaining(row.message());
    assertThat(elb.state()).isSameAs(before);
  }

  @Test
  void theSameAgainWithTheSameSettingsIsTheSameThing() {
    // Given
    String balancer = balancer("web");
    String group = group("blue");
    ElbState before = elb.state();
    // When, then
    assertThat(balancer("web")).isEqualTo(balancer);
    assertThat(group("blue")).isEqualTo(group);
    assertThat(elb.state()).isSameAs(before);
  }

  @Test
  void modifyRuleReplacesActionsWholeAndKeepsConditions() {
    // Given
    World world = world();
    // When
    call(RuleOperations::modify, forward(world.rule(), world.blue(), "95", world.green(), "5"));
    // Then
    Rule rule = elb.state().rulesOf(world.listener()).getFirst();
    assertThat(rule.conditions())
        .containsExactly(new Condition("path-pattern", "", List.of("/10")));
    assertThat(rule.actions())
        .containsExactly(
            new Action.Forward(
                List.of(
                    new Action.Weighted(world.blue(), 95), new Action.Weighted(world.green(), 5)),
                0));
    call(RuleOperations::modify, forward(world.rule(), world.green(), ""));
    assertThat(elb.state().rulesOf(world.listener()).getFirst().actions())
        .containsExactly(new Action.Forward(List.of(new Action.Weighted(world.green(), 1)), 0));
  }

  @Test
  void prioritiesCanBeExchangedInOneCall() {
    // Given
    World world = world();
    String second = rule(world.listener(), "20", world.blue());
    // When
    call(
        RuleOperations::setPriorities,
        "RulePriorities.member.1.RuleArn",
        world.rule(),
        "RulePriorities.member.1.Priority",
        "20",
        "RulePriorities.member.2.RuleArn",
        second,
        "RulePriorities.member.2.Priority",
        "10");
    // Then
    assertThat(elb.state().rulesOf(world.listener()).stream().map(Rule::arn))
        .containsExactly(second, world.rule());
  }

  @Test
  void rulesComeByPriorityInPagesWithTheDefaultOneLast() {
    // Given
    World world = world();
    rule(world.listener(), "5", world.blue());
    // When
    String first = call(RuleOperations::describe, "ListenerArn", world.listener(), "PageSize", "2");
    String last =
        call(
            RuleOperations::describe,
            "ListenerArn",
            world.listener(),
            "PageSize",
            "2",
            "Marker",
            between(first, "NextMarker"));
    // Then
    assertThat(first).containsSubsequence("<Priority>5<", "<Priority>10<");
    assertThat(last).contains("<Priority>default<").doesNotContain("NextMarker");
  }

  @Test
  void aDeletedLoadBalancerLeavesItsGroupsAndFreesThem() {
    // Given
    World world = world();
    // When
    call(BalancerOperations::delete, "LoadBalancerArn", world.balancer());
    // Then: a second time it is no error
    call(BalancerOperations::delete, "LoadBalancerArn", world.balancer());
    assertThat(elb.state().listeners()).isEmpty();
    assertThat(elb.state().rules()).isEmpty();
    assertThat(elb.state().groups()).containsOnlyKeys(world.blue(), world.green());
    call(GroupOperations::delete, "TargetGroupArn", world.blue());
  }

  @Test
  void aProtectedLoadBalancerIsNotDeleted() {
    // Given
    String balancer = balancer("web");
    call(
        BalancerOperations::modifyAttributes,
        "LoadBalancerArn",
        balancer,
        "Attributes.member.1.Key",
        "deletion_protection.enabled",
        "Attributes.member.1.Value",
        "true");
    // When, then
    assertThatThrownBy(() -> call(BalancerOperations::delete, "LoadBalancerArn", balancer))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("OperationNotPermitted"));
  }

  @Test
  void addressesAreNeverUsedAgain() {
    // Given
    String first = balancer("one");
    String address = Refusal.balancer(elb.state(), first).address();
    call(BalancerOperations::delete, "LoadBalancerArn", first);
    // When
    String second = balancer("one");
    // Then
    assertThat(Refusal.balancer(elb.state(), second).address()).isNotEqualTo(address);
  }

  @Test
  void aTargetDrainsForItsDelayAndIsGoneThen() {
    // Given
    World world = world();
    call(
        TargetOperations::register,
        "TargetGroupArn",
        world.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // When
    call(
        TargetOperations::deregister,
        "TargetGroupArn",
        world.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // Then
    assertThat(call(TargetOperations::describeHealth, "TargetGroupArn", world.blue()))
        .contains("<State>draining</State>", "Target.DeregistrationInProgress");
    time.advance(Duration.ofSeconds(299));
    elb.drained(time.instant());
    assertThat(Refusal.group(elb.state(), world.blue()).targets()).hasSize(1);
    time.advance(Duration.ofSeconds(1));
    elb.drained(time.instant());
    assertThat(Refusal.group(elb.state(), world.blue()).targets()).isEmpty();
    assertThat(
            call(
                TargetOperations::describeHealth,
                "TargetGroupArn",
                world.blue(),
                "Targets.member.1.Id",
                "10.16.0.5"))
        .contains("<State>unused</State>", "Target.NotRegistered");
  }

  @Test
  void registeringAgainTakesADeregistrationBack() {
    // Given
    World world = world();
    String[] target = {"TargetGroupArn", world.blue(), "Targets.member.1.Id", "10.16.0.5"};
    call(TargetOperations::register, target);
    call(TargetOperations::deregister, target);
    // When
    call(TargetOperations::register, target);
    // Then
    time.advance(Duration.ofHours(1));
    elb.drained(time.instant());
    assertThat(Refusal.group(elb.state(), world.blue()).registeredTargets()).hasSize(1);
  }

  @Test
  void targetsOfAGroupThatNoRuleNamesAreUnused() {
    // Given
    World world = world();
    call(
        TargetOperations::register,
        "TargetGroupArn",
        world.green(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // When, then
    assertThat(call(TargetOperations::describeHealth, "TargetGroupArn", world.green()))
        .contains("<State>unused</State>", "Target.NotInUse");
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    // Given
    World world = world();
    call(RuleOperations::modify, forward(world.rule(), world.blue(), "1", world.green(), "0"));
    call(
        TargetOperations::register,
        "TargetGroupArn",
        world.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    call(TagSet::add, "ResourceArns.member.1", world.rule(), "Tags.member.1.Key", "a");
    // When
    Elb again = new Elb(store, around);
    // Then
    assertThat(again.state()).isEqualTo(elb.state());
  }
}

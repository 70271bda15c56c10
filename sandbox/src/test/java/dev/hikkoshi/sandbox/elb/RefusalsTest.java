package dev.hikkoshi.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What AWS refuses. Pages: API_CreateLoadBalancer.html and its like in the API reference; "limits"
 * is load-balancer-limits.html.
 */
class RefusalsTest {

  private final Account account = new Account();

  private record Row(
      String rule,
      String code,
      String message,
      Operation operation,
      Function<Account.Things, String[]> form) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static String[] of(String... pairs) {
    return pairs;
  }

  static Stream<Row> balancers() {
    return Stream.of(
        new Row(
            "API_CreateLoadBalancer: one zone is too few",
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            BalancerOperations::create,
            w -> of("Name", "x", "Subnets.member.1", Account.SUBNET + "1")),
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
                    Account.SUBNET + "1",
                    "Subnets.member.2",
                    Account.SUBNET + "3")),
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
                    Account.SUBNET + "1",
                    "Subnets.member.2",
                    Account.SUBNET + "2")),
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
            w -> Account.forward(w.rule(), w.blue(), "1000", w.green(), "0")),
        new Row(
            "API_TargetGroupTuple: several groups need weights",
            "ValidationError",
            "You must specify a weight for each target group",
            RuleOperations::modify,
            w -> Account.forward(w.rule(), w.blue(), "1", w.green(), "")),
        new Row(
            "limits: five groups an action",
            "ValidationError",
            "A forward action can have at most 5 target groups",
            RuleOperations::modify,
            w ->
                Account.forward(
                    w.rule(), "a", "1", "b", "1", "c", "1", "d", "1", "e", "1", "f", "1")),
        new Row(
            "API_ForwardActionConfig: a group twice",
            "ValidationError",
            "A target group can be specified only once in a forward action",
            RuleOperations::modify,
            w -> Account.forward(w.rule(), w.blue(), "1", w.blue(), "1")),
        new Row(
            "API_ModifyRule: an unknown group",
            "TargetGroupNotFound",
            "One or more target groups not found",
            RuleOperations::modify,
            w ->
                Account.forward(w.rule(), "arn:aws:elasticloadbalancing:x:1:targetgroup/a/b", "1")),
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
                  new java.util.ArrayList<>(List.of(Account.forward(w.rule(), w.blue(), "1")));
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
            w -> Account.forward(w.defaultRule(), w.blue(), "1")),
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
                    Account.VPC,
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
                    "VpcId", Account.VPC,
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
                    "VpcId", Account.VPC,
                    "TargetType", "ip",
                    "HealthCheckIntervalSeconds", "5")),
        new Row(
            "API_CreateTargetGroup: what the sandbox does not play is refused, not dropped",
            "ValidationError",
            "The sandbox plays TargetType 'ip', not 'instance'",
            GroupOperations::create,
            w -> of("Name", "n", "Protocol", "HTTP", "Port", "80", "VpcId", Account.VPC)),
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
    Account.Things things = account.things();
    ElbState before = account.elb.state();
    // When, then
    assertThatThrownBy(() -> account.call(row.operation(), row.form().apply(things)))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(row.code()))
        .hasMessageContaining(row.message());
    assertThat(account.elb.state()).isSameAs(before);
  }
}

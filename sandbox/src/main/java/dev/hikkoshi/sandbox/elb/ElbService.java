package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.QueryProtocol;
import java.util.Map;
import java.util.Objects;

/** ELBv2 on the wire: the query protocol of 2015-12-01. */
final class ElbService implements AwsService {

  private static final QueryProtocol PROTOCOL =
      new QueryProtocol("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/", "2015-12-01");

  private static final Map<String, Operation> OPERATIONS =
      Map.ofEntries(
          Map.entry("CreateLoadBalancer", BalancerOperations::create),
          Map.entry("DescribeLoadBalancers", BalancerOperations::describe),
          Map.entry("DeleteLoadBalancer", BalancerOperations::delete),
          Map.entry("DescribeLoadBalancerAttributes", BalancerOperations::describeAttributes),
          Map.entry("ModifyLoadBalancerAttributes", BalancerOperations::modifyAttributes),
          Map.entry("SetSubnets", BalancerOperations::setSubnets),
          Map.entry("SetSecurityGroups", BalancerOperations::setSecurityGroups),
          Map.entry("CreateListener", ListenerOperations::create),
          Map.entry("DescribeListeners", ListenerOperations::describe),
          Map.entry("ModifyListener", ListenerOperations::modify),
          Map.entry("DeleteListener", ListenerOperations::delete),
          Map.entry("DescribeListenerCertificates", ListenerOperations::certificates),
          Map.entry("CreateRule", RuleOperations::create),
          Map.entry("DescribeRules", RuleOperations::describe),
          Map.entry("ModifyRule", RuleOperations::modify),
          Map.entry("DeleteRule", RuleOperations::delete),
          Map.entry("SetRulePriorities", RuleOperations::setPriorities),
          Map.entry("CreateTargetGroup", GroupOperations::create),
          Map.entry("DescribeTargetGroups", GroupOperations::describe),
          Map.entry("ModifyTargetGroup", GroupOperations::modify),
          Map.entry("DeleteTargetGroup", GroupOperations::delete),
          Map.entry("DescribeTargetGroupAttributes", GroupOperations::describeAttributes),
          Map.entry("ModifyTargetGroupAttributes", GroupOperations::modifyAttributes),
          Map.entry("RegisterTargets", TargetOperations::register),
          Map.entry("DeregisterTargets", TargetOperations::deregister),
          Map.entry("DescribeTargetHealth", TargetOperations::describeHealth),
          Map.entry("AddTags", TagSet::add),
          Map.entry("RemoveTags", TagSet::remove),
          Map.entry("DescribeTags", TagSet::describe));

  private final Elb engine;

  ElbService(Elb engine) {
    this.engine = engine;
  }

  @Override
  public String signingName() {
    return "elasticloadbalancing";
  }

  @Override
  public String operation(AwsRequest request) {
    return PROTOCOL.operation(request, OPERATIONS.keySet());
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    Operation found = Objects.requireNonNull(OPERATIONS.get(operation), operation);
    Outcome outcome = engine.apply(found, Form.of(request));
    return PROTOCOL.answer(request, operation, outcome.answer());
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    return PROTOCOL.error(request, error);
  }
}

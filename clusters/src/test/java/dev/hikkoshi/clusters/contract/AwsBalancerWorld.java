package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.clusters.elb.ElbBalancers;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A fresh shared load balancer with one listener in a region, and the adapter. */
final class AwsBalancerWorld implements BalancerWorld {

  /** How targets are made to serve, and requests to flow. */
  interface Traffic extends AutoCloseable {

    /** Address of a target that serves on port 8080. */
    String target(String cluster);

    void send(String balancerName, String host, int requests);

    @Override
    void close();
  }

  private final AwsRegion region;
  private final Traffic traffic;
  private final Map<Trait, String> lacking;
  private final Duration period;
  private final LoadBalancer balancer;
  private final String listener;
  private final Rule rule;
  private final BalancerGateway gateway;

  AwsBalancerWorld(
      AwsRegion region,
      List<String> subnets,
      Duration period,
      Traffic traffic,
      Map<Trait, String> lacking) {
    this.region = region;
    this.traffic = traffic;
    this.lacking = lacking;
    this.period = period;
    int number = AwsRegion.number();
    balancer = region.balancer("shared-" + number, subnets);
    listener =
        elb()
            .createListener(
                r ->
                    r.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(
                            Action.builder()
                                .type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(
                                    f -> f.statusCode("404").contentType("text/plain"))
                                .build()))
            .listeners()
            .getFirst()
            .listenerArn();
    rule =
        new Rule(
            "shop" + number,
            "api",
            balancer.loadBalancerName(),
            80,
            List.of("api.example.com"),
            List.of(),
            Optional.empty(),
            Optional.empty());
    gateway = new ElbBalancers(region.adapters, period, InstantSource.system());
  }

  private ElasticLoadBalancingV2Client elb() {
    return region.elb();
  }

  @Override
  public BalancerGateway gateway() {
    return gateway;
  }

  @Override
  public Rule rule() {
    return rule;
  }

  @Override
  public String balancerName() {
    return balancer.dnsName().toLowerCase(Locale.ROOT);
  }

  /** The ARN of the shared load balancer. */
  String arn() {
    return balancer.loadBalancerArn();
  }

  @Override
  public void register(String cluster, String groupArn) {
    String address = traffic.target(cluster);
    elb().registerTargets(r -> r.targetGroupArn(groupArn).targets(t -> t.id(address).port(8080)));
  }

  @Override
  public String strangersGroup() {
    return elb()
        .createTargetGroup(
            r ->
                r.name("stranger-" + AwsRegion.number())
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .vpcId(balancer.vpcId())
                    .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  @Override
  public String front() {
    String group =
        elb()
            .createTargetGroup(
                r ->
                    r.name("front-" + AwsRegion.number())
                        .targetType(TargetTypeEnum.ALB)
                        .protocol(ProtocolEnum.TCP)
                        .port(80)
                        .vpcId(balancer.vpcId()))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb()
        .registerTargets(
            r -> r.targetGroupArn(group).targets(t -> t.id(balancer.loadBalancerArn()).port(80)));
    return group;
  }

  @Override
  public String ruleByHand(Map<String, Integer> weights, String path) {
    List<TargetGroupTuple> tuples = new ArrayList<>();
    new TreeMap<>(weights)
        .forEach(
            (arn, weight) ->
                tuples.add(TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build()));
    List<RuleCondition> conditions = new ArrayList<>();
    conditions.add(
        RuleCondition.builder()
            .field("host-header")
            .hostHeaderConfig(c -> c.values("api.example.com"))
            .build());
    if (!path.isEmpty()) {
      conditions.add(
          RuleCondition.builder()
              .field("path-pattern")
              .pathPatternConfig(c -> c.values(path))
              .build());
    }
    Action action =
        Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .forwardConfig(
                f ->
                    f.targetGroups(tuples)
                        .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(60)))
            .build();
    return elb()
        .createRule(
            r ->
                r.listenerArn(listener)
                    .priority(path.isEmpty() ? 7 : 6)
                    .conditions(conditions)
                    .actions(action))
        .rules()
        .getFirst()
        .ruleArn();
  }

  @Override
  public Instant send(int requests) {
    Instant from = now();
    traffic.send(balancer.loadBalancerName(), "api.example.com", requests);
    return from;
  }

  @Override
  public void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Duration metricPeriod() {
    return period;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Optional<String> lacks(Trait trait) {
    return Optional.ofNullable(lacking.get(trait));
  }

  @Override
  public void close() {
    elb().deleteLoadBalancer(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
    traffic.close();
  }
}

package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.load.TestSites;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.RRType;

/** Two sides without clusters, with what a move would have made for them. */
final class TwoSides implements AutoCloseable {

  private static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002");

  private final Route53Client route53;
  private final ElasticLoadBalancingV2Client elb;
  private final TestSites sites;
  private final LoadBalancer blue;
  private final LoadBalancer green;
  private final String blueApi;
  private final String greenApi;
  private final String vpc = "vpc-0a1b2c3d4e5f60001";
  private String rule = "";

  static TwoSides make(LocalRegion region) throws IOException {
    return new TwoSides(region);
  }

  private TwoSides(LocalRegion region) throws IOException {
    ProfileCredentialsProvider operator =
        ProfileCredentialsProvider.builder()
            .profileFile(
                ProfileFile.builder()
                    .content(region.credentials())
                    .type(ProfileFile.Type.CREDENTIALS)
                    .build())
            .profileName("default")
            .build();
    route53 =
        Route53Client.builder()
            .credentialsProvider(operator)
            .region(Region.AP_NORTHEAST_1)
            .endpointOverride(region.endpoint())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    elb =
        ElasticLoadBalancingV2Client.builder()
            .credentialsProvider(operator)
            .region(Region.AP_NORTHEAST_1)
            .endpointOverride(region.endpoint())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    sites = TestSites.open("127.198.7.1", "127.198.7.2");
    blue = balancer("blue", group("web-blue", 0));
    green = balancer("green", group("web-green", 1));
    blueApi = group("api-blue", 0);
    greenApi = group("api-green", 1);
  }

  private String group(String name, int site) {
    String arn =
        elb.createTargetGroup(
                r ->
                    r.name(name)
                        .vpcId(vpc)
                        .protocol(ProtocolEnum.HTTP)
                        .port(8080)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2)
                        .healthyThresholdCount(2))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    String ip = sites.address(site).getHostAddress().replaceFirst("127", "10");
    elb.registerTargets(r -> r.targetGroupArn(arn).targets(t -> t.id(ip).port(sites.port(site))));
    return arn;
  }

  private LoadBalancer balancer(String name, String group) {
    LoadBalancer made =
        elb.createLoadBalancer(r -> r.name(name).subnets(SUBNETS)).loadBalancers().getFirst();
    elb.createListener(
        r ->
            r.loadBalancerArn(made.loadBalancerArn())
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(
                    Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build()));
    return made;
  }

  String blueBalancer() {
    return blue.dnsName();
  }

  String greenBalancer() {
    return green.dnsName();
  }

  /** Writes both routes; returns when both are effective for those who ask anew. */
  void weights(int onBlue, int onGreen) {
    api(onBlue, onGreen);
    String zone = route53.listHostedZones().hostedZones().getFirst().id();
    String change =
        route53
            .changeResourceRecordSets(
                r ->
                    r.hostedZoneId(zone)
                        .changeBatch(
                            b ->
                                b.changes(
                                    record("blue", blue, onBlue), record("green", green, onGreen))))
            .changeInfo()
            .id();
    Waiting.until(
        "INSYNC",
        Duration.ofSeconds(20),
        () -> route53.getChange(r -> r.id(change)).changeInfo().status() == ChangeStatus.INSYNC);
    for (String group : List.of(blueApi, greenApi)) {
      Waiting.until("healthy targets", Duration.ofSeconds(20), () -> healthy(group));
    }
  }

  private boolean healthy(String group) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .allMatch(t -> t.targetHealth().state() == TargetHealthStateEnum.HEALTHY);
  }

  private static Change record(String side, LoadBalancer balancer, int weight) {
    return Change.builder()
        .action(ChangeAction.UPSERT)
        .resourceRecordSet(
            s ->
                s.name("www." + Belongings.ZONE)
                    .type(RRType.A)
                    .setIdentifier(side)
                    .weight((long) weight)
                    .aliasTarget(
                        a ->
                            a.dnsName(balancer.dnsName())
                                .hostedZoneId(balancer.canonicalHostedZoneId())
                                .evaluateTargetHealth(true)))
        .build();
  }

  private void api(int onBlue, int onGreen) {
    Action forward =
        Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .forwardConfig(f -> f.targetGroups(tuple(blueApi, onBlue), tuple(greenApi, onGreen)))
            .build();
    if (!rule.isEmpty()) {
      elb.modifyRule(r -> r.ruleArn(rule).actions(forward));
      return;
    }
    String shared =
        elb.describeLoadBalancers(r -> r.names(Belongings.SHARED))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    String listener =
        elb.describeListeners(r -> r.loadBalancerArn(shared)).listeners().getFirst().listenerArn();
    rule =
        elb.createRule(
                r ->
                    r.listenerArn(listener)
                        .priority(1)
                        .conditions(
                            c ->
                                c.field("host-header")
                                    .hostHeaderConfig(h -> h.values("api." + Belongings.ZONE)))
                        .actions(forward))
            .rules()
            .getFirst()
            .ruleArn();
  }

  private static TargetGroupTuple tuple(String group, int weight) {
    return TargetGroupTuple.builder().targetGroupArn(group).weight(weight).build();
  }

  @Override
  public void close() throws IOException {
    route53.close();
    elb.close();
    sites.close();
  }
}

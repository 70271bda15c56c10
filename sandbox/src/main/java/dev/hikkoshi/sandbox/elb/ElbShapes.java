package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How things look in an answer. */
final class ElbShapes {

  private ElbShapes() {}

  static void balancer(Xml xml, LoadBalancer balancer, Surroundings around) {
    // AWS names no time for provisioning; DNS has to learn the name, so it takes that long here.
    boolean active =
        !around.clock().instant().isBefore(balancer.created().plus(around.physics().insync()));
    xml.text("LoadBalancerArn", balancer.arn())
        .text("DNSName", balancer.dnsName())
        .text("CanonicalHostedZoneId", Names.hostedZone(around.region()))
        .text("CreatedTime", balancer.created().truncatedTo(ChronoUnit.MILLIS))
        .text("LoadBalancerName", balancer.name())
        .text("Scheme", balancer.scheme())
        .text("VpcId", around.network().vpcId())
        .element("State", s -> s.text("Code", active ? "active" : "provisioning"))
        .text("Type", "application");
    zones(xml, balancer, around);
    xml.texts("SecurityGroups", "member", balancer.securityGroups()).text("IpAddressType", "ipv4");
  }

  static void zones(Xml xml, LoadBalancer balancer, Surroundings around) {
    xml.list(
        "AvailabilityZones",
        "member",
        balancer.subnets(),
        (z, id) ->
            z.text("ZoneName", around.network().subnet(id).orElseThrow().zone())
                .text("SubnetId", id)
                .element("LoadBalancerAddresses", none -> {}));
  }

  static Map<String, String> readAttributes(Form form) {
    Map<String, String> sent = new LinkedHashMap<>();
    for (Form attribute : form.structures("Attributes.member")) {
      sent.put(Refusal.need(attribute, "Key"), attribute.one("Value").orElse(""));
    }
    if (sent.isEmpty()) {
      throw Refusal.invalid("'Attributes' must be specified");
    }
    return sent;
  }

  static void attributes(Xml xml, Map<String, String> attributes) {
    xml.list(
        "Attributes",
        "member",
        attributes.entrySet(),
        (a, e) -> a.text("Key", e.getKey()).text("Value", e.getValue()));
  }

  static void listener(Xml xml, Listener listener) {
    xml.text("ListenerArn", listener.arn())
        .text("LoadBalancerArn", listener.loadBalancerArn())
        .text("Port", listener.port())
        .text("Protocol", listener.protocol());
    if (listener.tls()) {
      xml.list(
              "Certificates",
              "member",
              listener.certificates().stream().limit(1).toList(),
              (c, arn) -> c.text("CertificateArn", arn))
          .text("SslPolicy", listener.sslPolicy());
    }
    actions(xml, "DefaultActions", listener.defaultActions());
  }

  static void rule(Xml xml, Rule rule) {
    xml.text("RuleArn", rule.arn()).text("Priority", rule.priority());
    xml.list("Conditions", "member", rule.conditions(), ElbShapes::condition);
    actions(xml, "Actions", rule.actions());
    xml.text("IsDefault", false);
  }

  static void defaultRule(Xml xml, Listener listener) {
    xml.text("RuleArn", listener.defaultRuleArn()).text("Priority", "default");
    xml.list("Conditions", "member", List.<Condition>of(), ElbShapes::condition);
    actions(xml, "Actions", listener.defaultActions());
    xml.text("IsDefault", true);
  }

  private static void condition(Xml xml, Condition condition) {
    xml.text("Field", condition.field());
    switch (condition.field()) {
      case "host-header" -> {
        xml.texts("Values", "member", condition.values());
        values(xml, "HostHeaderConfig", condition);
      }
      case "path-pattern" -> {
        xml.texts("Values", "member", condition.values());
        values(xml, "PathPatternConfig", condition);
      }
      case "http-header" ->
          xml.element(
              "HttpHeaderConfig",
              c ->
                  c.text("HttpHeaderName", condition.header())
                      .texts("Values", "member", condition.values()));
      default -> values(xml, "HttpRequestMethodConfig", condition);
    }
  }

  private static void values(Xml xml, String name, Condition condition) {
    xml.element(name, c -> c.texts("Values", "member", condition.values()));
  }

  private static void actions(Xml xml, String name, List<Action> actions) {
    xml.list(name, "member", actions, ElbShapes::action);
  }

  private static void action(Xml xml, Action action) {
    switch (action) {
      case Action.Forward forward -> forward(xml, forward);
      case Action.FixedResponse fixed ->
          xml.text("Type", "fixed-response")
              .element(
                  "FixedResponseConfig",
                  c ->
                      c.text("MessageBody", fixed.body().isEmpty() ? null : fixed.body())
                          .text("StatusCode", fixed.status())
                          .text("ContentType", fixed.contentType()));
      case Action.Redirect redirect ->
          xml.text("Type", "redirect")
              .element(
                  "RedirectConfig",
                  c ->
                      c.text("Protocol", redirect.protocol())
                          .text("Port", redirect.port())
                          .text("Host", redirect.host())
                          .text("Path", redirect.path())
                          .text("Query", redirect.query())
                          .text("StatusCode", "HTTP_" + redirect.status()));
    }
  }

  private static void forward(Xml xml, Action.Forward forward) {
    xml.text("Type", "forward");
    if (forward.groups().size() == 1) {
      xml.text("TargetGroupArn", forward.groups().getFirst().groupArn());
    }
    int sticky = forward.stickySeconds();
    xml.element(
        "ForwardConfig",
        c ->
            c.list(
                    "TargetGroups",
                    "member",
                    forward.groups(),
                    (g, w) -> g.text("TargetGroupArn", w.groupArn()).text("Weight", w.weight()))
                .element(
                    "TargetGroupStickinessConfig",
                    s ->
                        s.text("Enabled", sticky > 0)
                            .text("DurationSeconds", sticky > 0 ? sticky : null)));
  }

  static void group(Xml xml, TargetGroup group, ElbState state) {
    TargetGroup.HealthCheck check = group.healthCheck();
    xml.text("TargetGroupArn", group.arn())
        .text("TargetGroupName", group.name())
        .text("Protocol", group.protocol())
        .text("Port", group.port())
        .text("VpcId", group.vpcId())
        .text("HealthCheckProtocol", check.protocol())
        .text("HealthCheckPort", check.port())
        .text("HealthCheckEnabled", true)
        .text("HealthCheckIntervalSeconds", check.intervalSeconds())
        .text("HealthCheckTimeoutSeconds", check.timeoutSeconds())
        .text("HealthyThresholdCount", check.healthyThreshold())
        .text("UnhealthyThresholdCount", check.unhealthyThreshold())
        .text("HealthCheckPath", check.path())
        .element("Matcher", m -> m.text("HttpCode", check.matcher()))
        .texts(
            "LoadBalancerArns",
            "member",
            state.loadBalancerOf(group.arn()).map(LoadBalancer::arn).stream().toList())
        .text("TargetType", "ip")
        .text("ProtocolVersion", "HTTP1")
        .text("IpAddressType", "ipv4");
  }
}

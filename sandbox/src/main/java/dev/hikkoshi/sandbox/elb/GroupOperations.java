package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations on target groups, their targets apart. */
final class GroupOperations {

  private static final TargetGroup.HealthCheck USUAL =
      new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 30, 5, 5, 2, "200");

  private GroupOperations() {}

  static Outcome create(Surroundings around, ElbState state, Form form) {
    String name = Refusal.need(form, "Name");
    Names.check("target group", name);
    played(form);
    String protocol = Refusal.need(form, "Protocol");
    if (!protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
      throw Refusal.invalid(
          "Target group protocol '" + protocol + "' must be one of 'HTTPS, HTTP'");
    }
    Refusal.need(form, "Port");
    String vpc = Refusal.need(form, "VpcId");
    if (!vpc.equals(around.network().vpcId())) {
      throw Refusal.invalid("The VPC ID '" + vpc + "' is not found");
    }
    TargetGroup fresh =
        new TargetGroup(
            around.names().group(name),
            name,
            protocol,
            Refusal.number(form, "Port", 0, 1, 65_535),
            vpc,
            healthCheck(USUAL, form),
            Map.of(),
            TagSet.read(form),
            List.of());
    Optional<TargetGroup> same =
        state.groups().values().stream().filter(g -> g.name().equals(name)).findFirst();
    if (same.isEmpty()) {
      return described(state.with(fresh), fresh);
    }
    TargetGroup live = same.get();
    boolean equal =
        live.protocol().equals(fresh.protocol())
            && live.port() == fresh.port()
            && live.vpcId().equals(fresh.vpcId())
            && live.healthCheck().equals(fresh.healthCheck());
    if (!equal) {
      throw new AwsException(
          400,
          "DuplicateTargetGroupName",
          "A target group with the same name '%s' exists, but with different settings"
              .formatted(name));
    }
    return described(state, live);
  }

  /** AWS's default target type is instance; nothing here could stand behind one. */
  private static void played(Form form) {
    only(form, "TargetType", "instance", "ip");
    only(form, "ProtocolVersion", "HTTP1", "HTTP1");
    only(form, "IpAddressType", "ipv4", "ipv4");
    only(form, "HealthCheckEnabled", "true", "true");
  }

  private static void only(Form form, String name, String usual, String played) {
    String value = form.one(name).orElse(usual);
    if (!value.equals(played)) {
      throw Refusal.invalid("The sandbox plays %s '%s', not '%s'".formatted(name, played, value));
    }
  }

  private static TargetGroup.HealthCheck healthCheck(TargetGroup.HealthCheck old, Form form) {
    String protocol = form.one("HealthCheckProtocol").orElse(old.protocol());
    if (!protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
      throw Refusal.invalid(
          "Health check protocol '" + protocol + "' must be one of 'HTTPS, HTTP'");
    }
    String port = form.one("HealthCheckPort").orElse(old.port());
    if (!port.equals("traffic-port") && !port.matches("[1-9]\\d{0,4}")) {
      throw Refusal.invalid(
          "Health check port '" + port + "' must be either 'traffic-port' or a port number");
    }
    String path = form.one("HealthCheckPath").orElse(old.path());
    if (!path.startsWith("/") || path.length() > 1024) {
      throw Refusal.invalid("Health check path '" + path + "' must begin with a '/' character");
    }
    String matcher = form.one("Matcher.HttpCode").orElse(old.matcher());
    if (!Matcher.valid(matcher)) {
      throw Refusal.invalid(
          "Health check matcher HTTP code '" + matcher + "' must be within '200-499' inclusive");
    }
    TargetGroup.HealthCheck next =
        new TargetGroup.HealthCheck(
            protocol,
            port,
            path,
            Refusal.number(form, "HealthCheckIntervalSeconds", old.intervalSeconds(), 5, 300),
            Refusal.number(form, "HealthCheckTimeoutSeconds", old.timeoutSeconds(), 2, 120),
            Refusal.number(form, "HealthyThresholdCount", old.healthyThreshold(), 2, 10),
            Refusal.number(form, "UnhealthyThresholdCount", old.unhealthyThreshold(), 2, 10),
            matcher);
    if (next.timeoutSeconds() >= next.intervalSeconds()) {
      throw Refusal.invalid("Health check interval must be greater than the timeout.");
    }
    return next;
  }

  static Outcome modify(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    TargetGroup next = group.withHealthCheck(healthCheck(group.healthCheck(), form));
    return described(state.with(next), next);
  }

  static Outcome describe(Surroundings around, ElbState state, Form form) {
    List<String> arns = form.list("TargetGroupArns.member");
    List<String> names = form.list("Names.member");
    Optional<String> balancer = form.one("LoadBalancerArn");
    int kinds =
        (arns.isEmpty() ? 0 : 1) + (names.isEmpty() ? 0 : 1) + (balancer.isPresent() ? 1 : 0);
    if (kinds > 1) {
      throw Refusal.invalid(
          "Target group names, target group ARNs and a load balancer ARN cannot be specified together");
    }
    List<TargetGroup> all = List.copyOf(state.groups().values());
    List<TargetGroup> chosen;
    if (balancer.isPresent()) {
      chosen = state.groupsOf(Refusal.balancer(state, balancer.get()).arn());
    } else if (!arns.isEmpty()) {
      chosen = arns.stream().map(arn -> Refusal.group(state, arn)).toList();
    } else {
      chosen = all.stream().filter(g -> names.isEmpty() || names.contains(g.name())).toList();
    }
    if (chosen.size() < names.size()) {
      throw new AwsException(400, "TargetGroupNotFound", "One or more target groups not found");
    }
    return new Outcome(
        state,
        xml ->
            Pages.write(
                xml,
                form,
                "TargetGroups",
                chosen,
                TargetGroup::arn,
                (m, g) -> ElbShapes.group(m, g, state)));
  }

  /** A group that is not there is no error; one that a rule names is. */
  static Outcome delete(Surroundings around, ElbState state, Form form) {
    String arn = Refusal.need(form, "TargetGroupArn");
    if (state.loadBalancerOf(arn).isPresent()) {
      throw new AwsException(
          400,
          "ResourceInUse",
          "Target group '%s' is currently in use by a listener or a rule".formatted(arn));
    }
    return Outcome.nothing(state.withoutGroup(arn));
  }

  static Outcome describeAttributes(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    return attributes(around, state, group);
  }

  static Outcome modifyAttributes(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    TargetGroup next =
        group.withAttributes(
            Attributes.changed(
                group.attributes(),
                ElbShapes.readAttributes(form),
                Attributes.TARGET_GROUP,
                "Target group"));
    return attributes(around, state.with(next), next);
  }

  private static Outcome attributes(Surroundings around, ElbState state, TargetGroup group) {
    Map<String, String> all = new LinkedHashMap<>(Attributes.TARGET_GROUP);
    all.put(Attributes.DEREGISTRATION, "" + around.physics().deregistration().toSeconds());
    all.putAll(group.attributes());
    return new Outcome(state, xml -> ElbShapes.attributes(xml, all));
  }

  private static Outcome described(ElbState state, TargetGroup group) {
    return new Outcome(
        state,
        xml ->
            xml.list(
                "TargetGroups", "member", List.of(group), (m, g) -> ElbShapes.group(m, g, state)));
  }
}

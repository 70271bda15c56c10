package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.quotas.ServiceQuota;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operations on load balancers. */
final class BalancerOperations {

  private static final int MOST = ServiceQuota.BALANCERS.value();

  private BalancerOperations() {}

  static Outcome create(Surroundings around, ElbState state, Form form) {
    String name = Refusal.need(form, "Name");
    Names.check("load balancer", name);
    String type = form.one("Type").orElse("application");
    if (!type.equals("application")) {
      throw Refusal.invalid(
          "The sandbox plays load balancers of type 'application', not '" + type + "'");
    }
    String ipAddressType = form.one("IpAddressType").orElse("ipv4");
    if (!ipAddressType.equals("ipv4")) {
      throw Refusal.invalid(
          "The sandbox plays IP address type 'ipv4', not '" + ipAddressType + "'");
    }
    String scheme = form.one("Scheme").orElse("internet-facing");
    if (!scheme.equals("internet-facing") && !scheme.equals("internal")) {
      throw new AwsException(400, "InvalidScheme", "The scheme '" + scheme + "' is not valid");
    }
    List<String> subnets = subnets(around.network(), form);
    List<String> groups = securityGroups(around.network(), form);
    Map<String, String> tags = TagSet.read(form);
    Optional<LoadBalancer> same =
        state.loadBalancers().values().stream().filter(b -> b.name().equals(name)).findFirst();
    if (same.isPresent()) {
      return existing(around, state, same.get(), scheme, subnets, groups);
    }
    if (state.loadBalancers().size() >= MOST) {
      throw new AwsException(
          400, "TooManyLoadBalancers", "The maximum number of load balancers has been reached");
    }
    boolean internal = scheme.equals("internal");
    int number = state.nextAddress();
    LoadBalancer fresh =
        new LoadBalancer(
            around.names().loadBalancer(name),
            name,
            around.names().dns(name, internal),
            scheme,
            subnets,
            groups,
            around.clock().instant(),
            "10.200.%d.%d".formatted(number / 250 % 256, number % 250 + 2),
            Map.of(),
            tags);
    return described(around, state.withNew(fresh), List.of(fresh));
  }

  private static Outcome existing(
      Surroundings around,
      ElbState state,
      LoadBalancer same,
      String scheme,
      List<String> subnets,
      List<String> groups) {
    boolean equal =
        same.scheme().equals(scheme)
            && Set.copyOf(same.subnets()).equals(Set.copyOf(subnets))
            && Set.copyOf(same.securityGroups()).equals(Set.copyOf(groups));
    if (!equal) {
      throw new AwsException(
          400,
          "DuplicateLoadBalancerName",
          "A load balancer with the same name '%s' exists, but with different settings"
              .formatted(same.name()));
    }
    return described(around, state, List.of(same));
  }

  private static List<String> subnets(Network network, Form form) {
    List<String> ids =
        Stream.concat(
                form.list("Subnets.member").stream(),
                form.structures("SubnetMappings.member").stream()
                    .map(m -> Refusal.need(m, "SubnetId")))
            .toList();
    Set<String> zones = new TreeSet<>();
    for (String id : ids) {
      Network.Subnet subnet =
          network
              .subnet(id)
              .orElseThrow(
                  () ->
                      new AwsException(
                          400, "SubnetNotFound", "The subnet ID '" + id + "' does not exist"));
      if (!zones.add(subnet.zone())) {
        throw Refusal.configuration(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
    }
    if (zones.size() < 2) {
      throw Refusal.invalid(
          "At least two subnets in two different Availability Zones must be specified");
    }
    return ids;
  }

  private static List<String> securityGroups(Network network, Form form) {
    List<String> ids = form.list("SecurityGroups.member");
    for (String id : ids) {
      if (!id.equals(network.securityGroupId())) {
        throw new AwsException(
            400, "InvalidSecurityGroup", "The security group '" + id + "' does not exist");
      }
    }
    return ids.isEmpty() ? List.of(network.securityGroupId()) : ids;
  }

  static Outcome describe(Surroundings around, ElbState state, Form form) {
    List<String> arns = form.list("LoadBalancerArns.member");
    List<String> names = form.list("Names.member");
    if (!arns.isEmpty() && !names.isEmpty()) {
      throw Refusal.invalid(
          "Load balancer names and load balancer ARNs cannot be specified together");
    }
    List<LoadBalancer> chosen =
        state.loadBalancers().values().stream()
            .filter(b -> arns.isEmpty() || arns.contains(b.arn()))
            .filter(b -> names.isEmpty() || names.contains(b.name()))
            .toList();
    Set<String> known =
        chosen.stream().flatMap(b -> Stream.of(b.arn(), b.name())).collect(Collectors.toSet());
    if (!arns.stream().allMatch(known::contains)) {
      throw new AwsException(400, "LoadBalancerNotFound", "One or more load balancers not found");
    }
    if (!names.stream().allMatch(known::contains)) {
      throw new AwsException(
          400, "LoadBalancerNotFound", "Load balancers '" + names + "' not found");
    }
    return new Outcome(
        state,
        xml ->
            Pages.write(
                xml,
                form,
                "LoadBalancers",
                chosen,
                LoadBalancer::arn,
                (m, b) -> ElbShapes.balancer(m, b, around)));
  }

  private static Outcome described(
      Surroundings around, ElbState state, List<LoadBalancer> balancers) {
    return new Outcome(
        state,
        xml ->
            xml.list(
                "LoadBalancers", "member", balancers, (m, b) -> ElbShapes.balancer(m, b, around)));
  }

  /** "If the load balancer does not exist, the call succeeds" (API_DeleteLoadBalancer.html). */
  static Outcome delete(Surroundings around, ElbState state, Form form) {
    String arn = Refusal.need(form, "LoadBalancerArn");
    LoadBalancer balancer = state.loadBalancers().get(arn);
    if (balancer == null) {
      return Outcome.nothing(state);
    }
    if (balancer.attribute(Attributes.DELETION_PROTECTION).equals("true")) {
      throw new AwsException(
          400,
          "OperationNotPermitted",
          "Load balancer '%s' cannot be deleted because deletion protection is enabled"
              .formatted(arn));
    }
    return Outcome.nothing(state.withoutLoadBalancer(arn));
  }

  static Outcome describeAttributes(Surroundings around, ElbState state, Form form) {
    LoadBalancer balancer = Refusal.balancer(state, Refusal.need(form, "LoadBalancerArn"));
    return attributes(state, balancer);
  }

  static Outcome modifyAttributes(Surroundings around, ElbState state, Form form) {
    LoadBalancer balancer = Refusal.balancer(state, Refusal.need(form, "LoadBalancerArn"));
    LoadBalancer next =
        balancer.withAttributes(
            Attributes.changed(
                balancer.attributes(),
                ElbShapes.readAttributes(form),
                Attributes.LOAD_BALANCER,
                "Load balancer"));
    return attributes(state.with(next), next);
  }

  private static Outcome attributes(ElbState state, LoadBalancer balancer) {
    Map<String, String> all = new LinkedHashMap<>(Attributes.LOAD_BALANCER);
    all.putAll(balancer.attributes());
    return new Outcome(state, xml -> ElbShapes.attributes(xml, all));
  }

  static Outcome setSubnets(Surroundings around, ElbState state, Form form) {
    LoadBalancer balancer = Refusal.balancer(state, Refusal.need(form, "LoadBalancerArn"));
    LoadBalancer next =
        balancer.withNetwork(subnets(around.network(), form), balancer.securityGroups());
    return new Outcome(state.with(next), xml -> ElbShapes.zones(xml, next, around));
  }

  static Outcome setSecurityGroups(Surroundings around, ElbState state, Form form) {
    LoadBalancer balancer = Refusal.balancer(state, Refusal.need(form, "LoadBalancerArn"));
    LoadBalancer next =
        balancer.withNetwork(balancer.subnets(), securityGroups(around.network(), form));
    return new Outcome(
        state.with(next), xml -> xml.texts("SecurityGroupIds", "member", next.securityGroups()));
  }
}

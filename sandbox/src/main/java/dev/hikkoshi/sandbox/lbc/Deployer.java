package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.elb.Rule;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes AWS look as a stack says, by the fewest calls: what is as it should be is left alone. Its
 * own is what carries the tags of cluster and stack; a namesake without them is somebody else's.
 */
final class Deployer {

  private final ElbCalls elb;
  private final String cluster;
  private final String vpcId;

  Deployer(ElbCalls elb, String cluster, String vpcId) {
    this.elb = elb;
    this.cluster = cluster;
    this.vpcId = vpcId;
  }

  private boolean ours(Map<String, String> tags, String stack) {
    return cluster.equals(tags.get(StackBuilder.CLUSTER_TAG))
        && stack.equals(tags.get(StackBuilder.STACK_TAG));
  }

  private List<TargetGroup> groups(String stack) {
    return elb.state().groups().values().stream().filter(g -> ours(g.tags(), stack)).toList();
  }

  private Optional<LoadBalancer> balancer(String stack) {
    return elb.state().loadBalancers().values().stream()
        .filter(b -> ours(b.tags(), stack))
        .findFirst();
  }

  /** What was made: ARNs of groups by their names, and where the load balancer is. */
  record Deployed(Map<String, String> groupArns, String dnsName) {}

  /**
   * Makes or changes what is wanted; groups that are no longer wanted stay until {@link #sweep}.
   *
   * @throws Refused where a name is somebody else's
   */
  Deployed deploy(Stack stack) throws Refused {
    Map<String, String> arns = new HashMap<>();
    for (Stack.Group group : stack.groups()) {
      arns.put(group.name(), group(stack.id(), group));
    }
    LoadBalancer balancer = balancer(stack.id(), stack.balancer());
    Action otherwise = action(stack.otherwise(), arns);
    Set<Integer> wanted =
        stack.listeners().stream().map(Stack.Listening::port).collect(Collectors.toSet());
    for (Listener listener : elb.state().listenersOf(balancer.arn())) {
      if (!wanted.contains(listener.port())) {
        elb.call("DeleteListener").with("ListenerArn", listener.arn()).send();
      }
    }
    for (Stack.Listening listening : stack.listeners()) {
      Listener listener = listener(stack, balancer, listening, otherwise);
      rules(stack, listener, arns);
    }
    return new Deployed(arns, balancer.dnsName());
  }

  private String group(String stack, Stack.Group wanted) throws Refused {
    Optional<TargetGroup> there = groupNamed(wanted.name());
    if (there.isPresent() && !ours(there.get().tags(), stack)) {
      throw Refused.notYet("target group name is taken: " + wanted.name());
    }
    if (there.isEmpty()) {
      elb.call("CreateTargetGroup")
          .with("Name", wanted.name())
          .with("Protocol", "HTTP")
          .with("Port", wanted.port())
          .with("VpcId", vpcId)
          .with("TargetType", "ip")
          .with(wanted.healthCheck())
          .pairs("Tags", wanted.tags())
          .send();
    } else if (!parameters(there.get().healthCheck()).equals(wanted.healthCheck())) {
      elb.call("ModifyTargetGroup")
          .with("TargetGroupArn", there.get().arn())
          .with(wanted.healthCheck())
          .send();
    }
    TargetGroup group = groupNamed(wanted.name()).orElseThrow();
    if (!group.attributes().entrySet().containsAll(wanted.attributes().entrySet())) {
      elb.call("ModifyTargetGroupAttributes")
          .with("TargetGroupArn", group.arn())
          .pairs("Attributes", wanted.attributes())
          .send();
    }
    return group.arn();
  }

  private Optional<TargetGroup> groupNamed(String name) {
    return elb.state().groups().values().stream().filter(g -> g.name().equals(name)).findFirst();
  }

  private static Map<String, String> parameters(TargetGroup.HealthCheck check) {
    return Map.of(
        "HealthCheckProtocol",
        check.protocol(),
        "HealthCheckPort",
        check.port(),
        "HealthCheckPath",
        check.path(),
        "HealthCheckIntervalSeconds",
        "" + check.intervalSeconds(),
        "HealthCheckTimeoutSeconds",
        "" + check.timeoutSeconds(),
        "HealthyThresholdCount",
        "" + check.healthyThreshold(),
        "UnhealthyThresholdCount",
        "" + check.unhealthyThreshold(),
        "Matcher.HttpCode",
        check.matcher());
  }

  private LoadBalancer balancer(String stack, Stack.Balancer wanted) throws Refused {
    Optional<LoadBalancer> there = balancer(stack);
    boolean other =
        there.isPresent()
            && !(there.get().name().equals(wanted.name())
                && there.get().scheme().equals(wanted.scheme()));
    if (other) {
      // Neither can be changed: the controller makes a new one in its place.
      elb.call("DeleteLoadBalancer").with("LoadBalancerArn", there.get().arn()).send();
      there = Optional.empty();
    }
    if (there.isEmpty()) {
      boolean taken =
          elb.state().loadBalancers().values().stream()
              .anyMatch(b -> b.name().equals(wanted.name()));
      if (taken) {
        throw Refused.notYet("conflicting load balancer name: " + wanted.name());
      }
      elb.call("CreateLoadBalancer")
          .with("Name", wanted.name())
          .with("Type", "application")
          .with("Scheme", wanted.scheme())
          .list("Subnets", wanted.subnets())
          .list("SecurityGroups", wanted.securityGroups())
          .pairs("Tags", wanted.tags())
          .send();
    }
    LoadBalancer balancer = balancer(stack).orElseThrow();
    network(balancer, wanted);
    if (!balancer.attributes().entrySet().containsAll(wanted.attributes().entrySet())) {
      elb.call("ModifyLoadBalancerAttributes")
          .with("LoadBalancerArn", balancer.arn())
          .pairs("Attributes", wanted.attributes())
          .send();
    }
    if (!balancer.tags().entrySet().containsAll(wanted.tags().entrySet())) {
      elb.call("AddTags")
          .list("ResourceArns", List.of(balancer.arn()))
          .pairs("Tags", wanted.tags())
          .send();
    }
    return balancer;
  }

  private void network(LoadBalancer balancer, Stack.Balancer wanted) {
    if (!Set.copyOf(balancer.subnets()).equals(Set.copyOf(wanted.subnets()))) {
      elb.call("SetSubnets")
          .with("LoadBalancerArn", balancer.arn())
          .list("Subnets", wanted.subnets())
          .send();
    }
    Set<String> groups = Set.copyOf(wanted.securityGroups());
    if (!groups.isEmpty() && !Set.copyOf(balancer.securityGroups()).equals(groups)) {
      elb.call("SetSecurityGroups")
          .with("LoadBalancerArn", balancer.arn())
          .list("SecurityGroups", wanted.securityGroups())
          .send();
    }
  }

  private static Action action(Stack.Backend backend, Map<String, String> arns) {
    return switch (backend) {
      case Stack.Backend.To to ->
          new Action.Forward(
              List.of(new Action.Weighted(Objects.requireNonNull(arns.get(to.group())), 1)), 0);
      case Stack.Backend.Nowhere _ -> new Action.FixedResponse(404, "text/plain", "");
    };
  }

  private Optional<Listener> listenerAt(LoadBalancer balancer, int port) {
    return elb.state().listenersOf(balancer.arn()).stream()
        .filter(listener -> listener.port() == port)
        .findFirst();
  }

  private Listener listener(
      Stack stack, LoadBalancer balancer, Stack.Listening wanted, Action otherwise) {
    Optional<Listener> there = listenerAt(balancer, wanted.port());
    if (there.isEmpty()) {
      Map<String, String> tags = new HashMap<>(stack.balancer().tags());
      tags.put(StackBuilder.RESOURCE_TAG, "" + wanted.port());
      elb.call("CreateListener")
          .with("LoadBalancerArn", balancer.arn())
          .with("Protocol", wanted.protocol())
          .with("Port", wanted.port())
          .certificates(wanted.certificates())
          .action("DefaultActions", otherwise)
          .pairs("Tags", tags)
          .send();
      return listenerAt(balancer, wanted.port()).orElseThrow();
    }
    Listener listener = there.get();
    boolean same =
        listener.protocol().equals(wanted.protocol())
            && listener.certificates().equals(wanted.certificates())
            && listener.defaultActions().equals(List.of(otherwise));
    if (!same) {
      elb.call("ModifyListener")
          .with("ListenerArn", listener.arn())
          .with("Protocol", wanted.protocol())
          .certificates(wanted.certificates())
          .action("DefaultActions", otherwise)
          .send();
    }
    return listener;
  }

  private void rules(Stack stack, Listener listener, Map<String, String> arns) {
    Map<Integer, Rule> there =
        elb.state().rulesOf(listener.arn()).stream()
            .collect(Collectors.toMap(Rule::priority, rule -> rule));
    List<Stack.Routing> wanted = stack.rules();
    for (int priority = 1; priority <= wanted.size(); priority++) {
      Stack.Routing routing = wanted.get(priority - 1);
      Action action = action(routing.backend(), arns);
      Rule rule = there.remove(priority);
      if (rule == null) {
        elb.call("CreateRule")
            .with("ListenerArn", listener.arn())
            .with("Priority", priority)
            .conditions(routing.conditions())
            .action("Actions", action)
            .send();
      } else if (!rule.conditions().equals(routing.conditions())
          || !rule.actions().equals(List.of(action))) {
        elb.call("ModifyRule")
            .with("RuleArn", rule.arn())
            .conditions(routing.conditions())
            .action("Actions", action)
            .send();
      }
    }
    there.values().forEach(rule -> elb.call("DeleteRule").with("RuleArn", rule.arn()).send());
  }

  /** Deletes the stack's groups but those of these names. */
  void sweep(String stack, Set<String> kept) {
    List<TargetGroup> surplus = new ArrayList<>(groups(stack));
    surplus.removeIf(group -> kept.contains(group.name()));
    surplus.forEach(
        group -> elb.call("DeleteTargetGroup").with("TargetGroupArn", group.arn()).send());
  }

  /** Deletes the load balancer with its listeners and rules, if it is there. */
  void deleteBalancer(String stack) {
    balancer(stack)
        .ifPresent(b -> elb.call("DeleteLoadBalancer").with("LoadBalancerArn", b.arn()).send());
  }
}

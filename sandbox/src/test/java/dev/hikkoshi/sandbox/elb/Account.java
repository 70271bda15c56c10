package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.MapStateStore;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.physics.Physics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** An account with Elastic Load Balancing and nothing else, called without a wire. */
final class Account {

  static final String REGION = "ap-northeast-1";
  static final String VPC = "vpc-0a1b2c3d4e5f60001";
  static final String SUBNET = "subnet-0a1b2c3d4e5f6000";

  final ManualTime time = new ManualTime();
  final MapStateStore store = new MapStateStore();
  final Surroundings around =
      new Surroundings(
          REGION,
          Network.seed(REGION),
          Physics.aws(),
          time,
          new Names(REGION, "111122223333", new Random(7)),
          (group, target) -> TargetHealth.HEALTHY);
  final Elb elb = new Elb(store, around);

  static Form form(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return Form.of(values);
  }

  String call(Operation operation, String... pairs) {
    Outcome outcome = elb.apply(operation, form(pairs));
    return Xml.document("R", "n", outcome.answer());
  }

  static String between(String xml, String tag) {
    int start = xml.indexOf("<" + tag + ">") + tag.length() + 2;
    return xml.substring(start, xml.indexOf("</" + tag + ">", start));
  }

  String balancer(String name) {
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

  String group(String name) {
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

  String listener(String balancer, String group) {
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

  String rule(String listener, String priority, String group) {
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
  record Things(
      String balancer,
      String other,
      String blue,
      String green,
      String listener,
      String rule,
      String defaultRule) {}

  Things things() {
    String balancer = balancer("web");
    String blue = group("blue");
    String listener = listener(balancer, blue);
    return new Things(
        balancer,
        balancer("other"),
        blue,
        group("green"),
        listener,
        rule(listener, "10", blue),
        elb.state().listenersOf(balancer).getFirst().defaultRuleArn());
  }

  static String[] forward(String rule, String... groupsAndWeights) {
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
}

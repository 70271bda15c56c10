package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import java.util.Map;

/** Refusals that several operations share, with AWS's codes and words; and what they look up. */
final class Refusal {

  private Refusal() {}

  static AwsException invalid(String message) {
    return new AwsException(400, "ValidationError", message);
  }

  static AwsException configuration(String message) {
    return new AwsException(400, "InvalidConfigurationRequest", message);
  }

  static LoadBalancer balancer(ElbState state, String arn) {
    return found(
        state.loadBalancers(),
        arn,
        "LoadBalancerNotFound",
        "Load balancer '" + arn + "' not found");
  }

  static Listener listener(ElbState state, String arn) {
    return found(state.listeners(), arn, "ListenerNotFound", "One or more listeners not found");
  }

  static Rule rule(ElbState state, String arn) {
    return found(state.rules(), arn, "RuleNotFound", "One or more rules not found");
  }

  static TargetGroup group(ElbState state, String arn) {
    return found(state.groups(), arn, "TargetGroupNotFound", "One or more target groups not found");
  }

  private static <V> V found(Map<String, V> map, String arn, String code, String message) {
    V value = map.get(arn);
    if (value == null) {
      throw new AwsException(400, code, message);
    }
    return value;
  }

  /** A parameter that has to be there, as ELB says it. */
  static String need(Form form, String name) {
    return form.one(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> invalid("'" + name + "' must be specified"));
  }

  /** A number within bounds, or what holds without one. */
  static int number(Form form, String name, int usual, int least, int most) {
    int value = form.number(name).orElse(usual);
    if (value < least || value > most) {
      throw invalid(
          "'%d' for '%s' is not valid: must be between %d and %d"
              .formatted(value, name, least, most));
    }
    return value;
  }
}

package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and judges the actions of a rule ("Action" of the API reference). */
final class ActionReader {

  private static final int MOST_GROUPS = 5;
  private static final int MOST_SECONDS = 604_800;
  private static final Pattern STATUS = Pattern.compile("[245]\\d\\d");

  private ActionReader() {}

  /**
   * Reads the list of that prefix.
   *
   * @param loadBalancerArn whose rule it is: a group may be named by one load balancer only
   */
  static List<Action> read(ElbState state, String loadBalancerArn, Form form, String prefix) {
    List<Form> sent = form.structures(prefix + ".member");
    if (sent.isEmpty()) {
      throw Refusal.invalid("At least one action must be specified");
    }
    if (sent.size() > 1) {
      throw new AwsException(
          400,
          "TooManyActions",
          "The sandbox plays one action a rule: forward, redirect or fixed-response");
    }
    return List.of(one(state, loadBalancerArn, sent.getFirst()));
  }

  private static Action one(ElbState state, String loadBalancerArn, Form form) {
    Refusal.number(form, "Order", 1, 1, 50_000);
    String type = Refusal.need(form, "Type");
    return switch (type) {
      case "forward" -> forward(state, loadBalancerArn, form);
      case "fixed-response" -> fixed(form.within("FixedResponseConfig"));
      case "redirect" -> redirect(form.within("RedirectConfig"));
      default ->
          throw new AwsException(
              400,
              "InvalidLoadBalancerAction",
              "The sandbox plays the actions forward, redirect and fixed-response, not '%s'"
                  .formatted(type));
    };
  }

  private static Action forward(ElbState state, String loadBalancerArn, Form form) {
    Optional<String> single = form.one("TargetGroupArn").filter(arn -> !arn.isEmpty());
    List<Form> tuples = form.structures("ForwardConfig.TargetGroups.member");
    if (single.isEmpty() && tuples.isEmpty()) {
      throw Refusal.invalid("A target group ARN must be specified");
    }
    if (tuples.size() > MOST_GROUPS) {
      throw Refusal.invalid(
          "A forward action can have at most %d target groups".formatted(MOST_GROUPS));
    }
    List<Action.Weighted> groups =
        tuples.isEmpty()
            ? List.of(new Action.Weighted(single.orElseThrow(), 1))
            : tuples.stream().map(tuple -> weighted(tuple, tuples.size())).toList();
    if (single.isPresent() && !single.get().equals(groups.getFirst().groupArn())
        || single.isPresent() && groups.size() > 1) {
      throw Refusal.invalid(
          "If you specify both ForwardConfig and TargetGroupArn, you can specify only one target "
              + "group using ForwardConfig and it must be the same target group specified in "
              + "TargetGroupArn");
    }
    check(state, loadBalancerArn, groups);
    return new Action.Forward(groups, sticky(form));
  }

  private static Action.Weighted weighted(Form tuple, int groups) {
    Optional<Integer> weight = tuple.number("Weight");
    if (weight.isEmpty() && groups > 1) {
      throw Refusal.invalid("You must specify a weight for each target group");
    }
    int value = weight.orElse(1);
    if (value < 0 || value > 999) {
      throw Refusal.invalid(
          "The weight for each target group must be between 0 and 999, inclusive");
    }
    return new Action.Weighted(Refusal.need(tuple, "TargetGroupArn"), value);
  }

  private static void check(ElbState state, String balancer, List<Action.Weighted> groups) {
    List<String> arns = groups.stream().map(Action.Weighted::groupArn).toList();
    if (Set.copyOf(arns).size() < arns.size()) {
      throw Refusal.invalid("A target group can be specified only once in a forward action");
    }
    arns.forEach(arn -> Refusal.group(state, arn));
    String elsewhere =
        arns.stream()
            .filter(
                arn ->
                    state
                        .loadBalancerOf(arn)
                        .filter(other -> !other.arn().equals(balancer))
                        .isPresent())
            .collect(Collectors.joining(", "));
    if (!elsewhere.isEmpty()) {
      throw new AwsException(
          400,
          "TargetGroupAssociationLimit",
          "The following target groups cannot be associated with more than one load balancer: "
              + elsewhere);
    }
  }

  private static int sticky(Form form) {
    Form config = form.within("ForwardConfig.TargetGroupStickinessConfig");
    if (!config.one("Enabled").orElse("false").equals("true")) {
      return 0;
    }
    int seconds = config.number("DurationSeconds").orElse(0);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw Refusal.invalid(
          "Target group stickiness duration must be between 1 and 604800 seconds");
    }
    return seconds;
  }

  private static Action fixed(Form config) {
    String status = Refusal.need(config, "StatusCode");
    if (!STATUS.matcher(status).matches()) {
      throw Refusal.invalid("The status code must be 2XX, 4XX or 5XX, not '" + status + "'");
    }
    String body = config.one("MessageBody").orElse("");
    if (body.length() > 1024) {
      throw Refusal.invalid("The message body can have at most 1024 characters");
    }
    String type = config.one("ContentType").orElse("text/plain");
    if (!type.matches("text/plain|text/css|text/html|application/javascript|application/json")) {
      throw Refusal.invalid("The content type '" + type + "' is not valid");
    }
    return new Action.FixedResponse(Integer.parseInt(status), type, body);
  }

  private static Action redirect(Form config) {
    String status = Refusal.need(config, "StatusCode");
    if (!status.matches("HTTP_30[12]")) {
      throw Refusal.invalid("The status code must be HTTP_301 or HTTP_302, not '" + status + "'");
    }
    Action.Redirect redirect =
        new Action.Redirect(
            config.one("Protocol").orElse("#{protocol}"),
            config.one("Port").orElse("#{port}"),
            config.one("Host").orElse("#{host}"),
            config.one("Path").orElse("/#{path}"),
            config.one("Query").orElse("#{query}"),
            Integer.parseInt(status.substring("HTTP_".length())));
    boolean same =
        redirect.protocol().equals("#{protocol}")
            && redirect.port().equals("#{port}")
            && redirect.host().equals("#{host}")
            && redirect.path().equals("/#{path}");
    if (same) {
      throw new AwsException(
          400,
          "InvalidLoadBalancerAction",
          "The redirect configuration is not valid because it creates a loop.");
    }
    return redirect;
  }
}

package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Operations on rules. */
final class RuleOperations {

  /** "Rules per Application Load Balancer (not counting default rules): 100". */
  private static final int MOST = 100;

  private static final int MOST_PRIORITY = 50_000;

  private RuleOperations() {}

  static Outcome create(Surroundings around, ElbState state, Form form) {
    Listener listener = Refusal.listener(state, Refusal.need(form, "ListenerArn"));
    noTransforms(form);
    Refusal.need(form, "Priority");
    int priority = Refusal.number(form, "Priority", 0, 1, MOST_PRIORITY);
    if (state.rulesOf(listener.arn()).stream().anyMatch(r -> r.priority() == priority)) {
      throw inUse(priority);
    }
    Rule fresh =
        new Rule(
            around.names().rule(listener.arn()),
            listener.arn(),
            priority,
            ConditionReader.read(form),
            ActionReader.read(state, listener.loadBalancerArn(), form, "Actions"),
            TagSet.read(form));
    long rules =
        state.listenersOf(listener.loadBalancerArn()).stream()
            .mapToLong(l -> state.rulesOf(l.arn()).size())
            .sum();
    if (rules >= MOST) {
      throw new AwsException(400, "TooManyRules", "The maximum number of rules has been reached");
    }
    return described(state.with(fresh), List.of(fresh));
  }

  private static AwsException inUse(int priority) {
    return new AwsException(
        400, "PriorityInUse", "Priority '%d' is currently in use".formatted(priority));
  }

  private static void noTransforms(Form form) {
    if (!form.structures("Transforms.member").isEmpty()) {
      throw Refusal.invalid("The sandbox does not play transforms");
    }
  }

  /** What is not sent stays; conditions and actions that are sent replace all ("ModifyRule"). */
  static Outcome modify(Surroundings around, ElbState state, Form form) {
    String arn = Refusal.need(form, "RuleArn");
    noTransforms(form);
    if (defaultOf(state, arn).isPresent()) {
      throw new AwsException(
          400, "OperationNotPermitted", "Default rule '" + arn + "' cannot be modified");
    }
    Rule old = Refusal.rule(state, arn);
    Listener listener = Objects.requireNonNull(state.listeners().get(old.listenerArn()));
    boolean conditions = !form.structures("Conditions.member").isEmpty();
    boolean actions = !form.structures("Actions.member").isEmpty();
    Rule next =
        new Rule(
            old.arn(),
            old.listenerArn(),
            old.priority(),
            conditions ? ConditionReader.read(form) : old.conditions(),
            actions
                ? ActionReader.read(state, listener.loadBalancerArn(), form, "Actions")
                : old.actions(),
            old.tags());
    return described(state.with(next), List.of(next));
  }

  static Outcome delete(Surroundings around, ElbState state, Form form) {
    String arn = Refusal.need(form, "RuleArn");
    if (defaultOf(state, arn).isPresent()) {
      throw new AwsException(
          400, "OperationNotPermitted", "Default rule '" + arn + "' cannot be deleted");
    }
    return Outcome.nothing(state.withoutRule(Refusal.rule(state, arn).arn()));
  }

  /** All at once: priorities may be exchanged ("SetRulePriorities"). */
  static Outcome setPriorities(Surroundings around, ElbState state, Form form) {
    Map<String, Integer> wanted = new HashMap<>();
    for (Form pair : form.structures("RulePriorities.member")) {
      Refusal.need(pair, "Priority");
      String arn = Refusal.need(pair, "RuleArn");
      if (defaultOf(state, arn).isPresent()) {
        throw new AwsException(
            400, "OperationNotPermitted", "Default rule '" + arn + "' cannot be modified");
      }
      Refusal.rule(state, arn);
      wanted.put(arn, Refusal.number(pair, "Priority", 0, 1, MOST_PRIORITY));
    }
    if (wanted.isEmpty()) {
      throw Refusal.invalid("'RulePriorities' must be specified");
    }
    ElbState next = state;
    for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
      next = next.with(Refusal.rule(state, entry.getKey()).withPriority(entry.getValue()));
    }
    List<Rule> changed = new ArrayList<>();
    for (String arn : wanted.keySet()) {
      Rule rule = Refusal.rule(next, arn);
      long same =
          next.rulesOf(rule.listenerArn()).stream()
              .filter(other -> other.priority() == rule.priority())
              .count();
      if (same > 1) {
        throw inUse(rule.priority());
      }
      changed.add(rule);
    }
    return described(next, changed);
  }

  static Outcome describe(Surroundings around, ElbState state, Form form) {
    Optional<String> listenerArn = form.one("ListenerArn");
    List<String> arns = form.list("RuleArns.member");
    if (listenerArn.isPresent() == !arns.isEmpty()) {
      throw Refusal.invalid("You must specify either listener rule ARNs or a listener ARN");
    }
    List<Line> lines = new ArrayList<>();
    if (listenerArn.isPresent()) {
      Listener listener = Refusal.listener(state, listenerArn.get());
      state.rulesOf(listener.arn()).forEach(rule -> lines.add(line(rule)));
      lines.add(line(listener));
    }
    for (String arn : arns) {
      lines.add(
          defaultOf(state, arn)
              .map(RuleOperations::line)
              .orElseGet(() -> line(Refusal.rule(state, arn))));
    }
    return new Outcome(
        state,
        xml -> Pages.write(xml, form, "Rules", lines, Line::arn, (m, l) -> l.writer().accept(m)));
  }

  private record Line(String arn, Consumer<Xml> writer) {}

  private static Line line(Rule rule) {
    return new Line(rule.arn(), xml -> ElbShapes.rule(xml, rule));
  }

  private static Line line(Listener listener) {
    return new Line(listener.defaultRuleArn(), xml -> ElbShapes.defaultRule(xml, listener));
  }

  private static Optional<Listener> defaultOf(ElbState state, String ruleArn) {
    return state.listeners().values().stream()
        .filter(listener -> listener.defaultRuleArn().equals(ruleArn))
        .findFirst();
  }

  private static Outcome described(ElbState state, List<Rule> rules) {
    return new Outcome(state, xml -> xml.list("Rules", "member", rules, ElbShapes::rule));
  }
}

package dev.hikkoshi.sandbox.elb;

import java.util.List;
import java.util.Map;

/**
 * A rule of a listener, never its default rule.
 *
 * @param priority 1 to 50000, unique in the listener; the lowest that holds wins
 * @param conditions all have to hold
 */
public record Rule(
    String arn,
    String listenerArn,
    int priority,
    List<Condition> conditions,
    List<Action> actions,
    Map<String, String> tags) {

  public Rule {
    conditions = List.copyOf(conditions);
    actions = List.copyOf(actions);
    tags = Map.copyOf(tags);
  }

  Rule withTags(Map<String, String> changed) {
    return new Rule(arn, listenerArn, priority, conditions, actions, changed);
  }

  Rule withPriority(int other) {
    return new Rule(arn, listenerArn, other, conditions, actions, tags);
  }
}

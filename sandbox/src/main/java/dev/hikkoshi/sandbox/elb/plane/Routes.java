package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.Condition;
import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.Rule;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which action holds for a request to one listener: the rule with the lowest priority whose
 * conditions all hold, else the default one.
 *
 * @param rules by priority
 */
record Routes(List<Rule> rules, Action otherwise) {

  /**
   * What rules look at.
   *
   * @param host without a port
   * @param path without the query
   * @param header by name, null where it was not sent
   */
  record Request(
      String method, String host, String path, Function<String, @Nullable String> header) {}

  static Routes of(ElbState state, Listener listener) {
    return new Routes(state.rulesOf(listener.arn()), listener.defaultActions().getFirst());
  }

  Action action(Request request) {
    for (Rule rule : rules) {
      if (rule.conditions().stream().allMatch(condition -> holds(condition, request))) {
        return rule.actions().getFirst();
      }
    }
    return otherwise;
  }

  /** Host names do not tell case apart, paths and methods do ("Rule condition types"). */
  private static boolean holds(Condition condition, Request request) {
    return switch (condition.field()) {
      case "host-header" -> any(condition, lower(request.host()), true);
      case "path-pattern" -> any(condition, request.path(), false);
      case "http-request-method" -> condition.values().contains(request.method());
      case "http-header" -> {
        String value = request.header().apply(condition.header());
        yield value != null && any(condition, lower(value), true);
      }
      default -> false;
    };
  }

  private static boolean any(Condition condition, String text, boolean lower) {
    for (String value : condition.values()) {
      if (Glob.matches(lower ? lower(value) : value, text)) {
        return true;
      }
    }
    return false;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

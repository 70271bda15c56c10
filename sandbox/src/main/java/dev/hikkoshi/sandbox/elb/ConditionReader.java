package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and judges the conditions of a rule ("RuleCondition" of the API reference). */
final class ConditionReader {

  /** "Condition values per rule: 5" (load-balancer-limits.html). */
  private static final int MOST_VALUES = 5;

  private ConditionReader() {}

  static List<Condition> read(Form form) {
    List<Condition> conditions = new ArrayList<>();
    Set<String> once = new HashSet<>();
    for (Form sent : form.structures("Conditions.member")) {
      Condition condition = one(sent);
      conditions.add(condition);
      if (!condition.field().equals("http-header") && !once.add(condition.field())) {
        throw Refusal.invalid("A rule can only have one '" + condition.field() + "' condition");
      }
    }
    int values = conditions.stream().mapToInt(c -> c.values().size()).sum();
    if (conditions.isEmpty()) {
      throw Refusal.invalid("A condition must be specified");
    }
    if (values > MOST_VALUES) {
      throw Refusal.invalid("A rule can have at most " + MOST_VALUES + " condition values");
    }
    return conditions;
  }

  private static Condition one(Form sent) {
    String field = Refusal.need(sent, "Field");
    return switch (field) {
      case "host-header" -> values(sent, field, "HostHeaderConfig", "");
      case "path-pattern" -> values(sent, field, "PathPatternConfig", "");
      case "http-request-method" -> values(sent, field, "HttpRequestMethodConfig", "");
      case "http-header" ->
          values(
              sent,
              field,
              "HttpHeaderConfig",
              Refusal.need(sent.within("HttpHeaderConfig"), "HttpHeaderName"));
      default ->
          throw Refusal.invalid(
              "The sandbox plays conditions on host-header, path-pattern, http-header and "
                  + "http-request-method; condition field '"
                  + field
                  + "' must be one of them");
    };
  }

  private static Condition values(Form sent, String field, String config, String header) {
    List<String> values = sent.list(config + ".Values.member");
    if (values.isEmpty() && !config.startsWith("Http")) {
      values = sent.list("Values.member");
    }
    if (values.isEmpty()) {
      throw Refusal.invalid("A condition value must be specified");
    }
    for (String value : values) {
      if (value.isEmpty() || value.length() > 128) {
        throw Refusal.invalid("The condition value '" + value + "' must have 1 to 128 characters");
      }
      if (field.equals("host-header") && !value.matches("[a-zA-Z0-9.*?_-]+")) {
        throw Refusal.invalid(
            "Condition value '" + value + "' contains a character that is not valid");
      }
      if (field.equals("http-request-method") && !value.matches("[A-Z_-]{1,40}")) {
        throw Refusal.invalid("The HTTP method '" + value + "' is not valid");
      }
    }
    return new Condition(field, header, values);
  }
}

package dev.hikkoshi.sandbox.elb;

import java.util.List;

/**
 * One condition of a rule; it holds if one of its values matches.
 *
 * @param field {@code host-header}, {@code path-pattern}, {@code http-header} or {@code
 *     http-request-method}
 * @param header the header's name for {@code http-header}, else empty
 * @param values with {@code *} and {@code ?} as wildcards, but for methods
 */
public record Condition(String field, String header, List<String> values) {
  public Condition {
    values = List.copyOf(values);
  }
}

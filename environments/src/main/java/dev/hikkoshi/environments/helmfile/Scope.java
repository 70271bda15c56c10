package dev.hikkoshi.environments.helmfile;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * helmfile's environment while a file is loaded: what later parts, bases and templates see. Its
 * three layers are kept apart until somebody asks for values, because each is merged by a rule of
 * its own.
 *
 * @param context of the kubeconfig, as the environment says it; empty when it says none
 * @param values of the environment, with what a parent or a file of the command line gave
 * @param defaults of the top-level {@code values}
 * @param settings of {@code --state-values-set}
 * @param sure whether all that it is made of was good. Where it was not, what is wrong only for
 *     want of a value is not told
 */
record Scope(
    String name,
    String context,
    Map<String, Object> values,
    Map<String, Object> defaults,
    Map<String, Object> settings,
    boolean sure) {

  /** An environment of which only the name is known. */
  static Scope named(String name) {
    return new Scope(name, "", Map.of(), Map.of(), Map.of(), true);
  }

  Scope unsure() {
    return new Scope(name, context, values, defaults, settings, false);
  }

  /** Lays another over this one. */
  Scope under(Scope above) {
    return new Scope(
        above.name(),
        above.context().isEmpty() ? context : above.context(),
        StateValues.layer(values, above.values()),
        StateValues.layer(defaults, above.defaults()),
        StateValues.settings(settings, above.settings()),
        sure && above.sure());
  }

  /** What {@code .Values} is. */
  Map<String, Object> merged() {
    return StateValues.settings(StateValues.layer(defaults, values), settings);
  }

  /** What {@code .Environment.Values} is: without the defaults. */
  Map<String, Object> ownValues() {
    return StateValues.settings(values, settings);
  }

  /**
   * The dot of a template of a state file or of environment values.
   *
   * @param facts what is the same for every cluster of the environment, and wins
   */
  Map<String, Object> dot(Map<String, Object> all, Map<String, Object> facts) {
    Map<String, Object> own = with(ownValues(), facts);
    Map<String, Object> seen = with(all, facts);
    return Map.of(
        "Environment",
        Map.of("Name", name, "KubeContext", context, "Values", own),
        "Values",
        seen,
        "StateValues",
        seen,
        "Namespace",
        "");
  }

  static Map<String, Object> with(Map<String, Object> values, Map<String, Object> facts) {
    Map<String, Object> seen = new LinkedHashMap<>(values);
    seen.putAll(facts);
    return seen;
  }
}

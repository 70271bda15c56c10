package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.Expressions.Expression;
import dev.hikkoshi.environments.port.Expressions.Judged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An expression that is content whenever it is told what can be: that is what {@link
 * Inquiry.Cel#expression} is promised. Else it stops the simulation.
 */
record SimExpression() implements Expression {

  private static final Set<String> ROUTES = Set.of("web", "api");

  /** Of the sample; a commit may drop one. */
  private static final long RELEASES = 2;

  @Override
  public String source() {
    return "what was seen can be";
  }

  @Override
  public Judged judge(Map<String, Object> values) {
    require(Wishes.ENVIRONMENT.equals(values.get("environment")), "environment", values);
    require(ROUTES.contains(values.get("route")), "route", values);
    String to = text(values, "to");
    require(text(values, "move").startsWith(to + "-"), "move", values);
    within(values, "step", 1, 10);
    within(values, "percent", 1, 100);
    side(values, "new", to);
    String from = text(values, "from");
    if (from.isEmpty()) {
      require(values.get("old") instanceof Unknown, "old", values);
    } else {
      side(values, "old", from);
    }
    shares(values);
    require(values.get("checks") instanceof Map, "checks", values);
    requests(values, to);
    return new Judged(Optional.of(true), "as it was seen");
  }

  private static String text(Map<?, ?> values, String name) {
    require(values.get(name) instanceof String, name, values);
    return String.valueOf(values.get(name));
  }

  private static Map<?, ?> map(Map<?, ?> values, String name) {
    return values.get(name) instanceof Map<?, ?> map ? map : wrong(name, values);
  }

  private static Map<?, ?> wrong(String name, Map<?, ?> values) {
    require(false, name, values);
    return Map.of();
  }

  private static void side(Map<String, Object> values, String which, String name) {
    Map<?, ?> side = map(values, which);
    require(name.equals(side.get("name")), which + ".name", values);
    Object version = side.get("version");
    String minor = name.matches("shop-1-\\d+-\\d+") ? "1." + name.split("-")[2] : "";
    require(
        version instanceof Unknown || minor.isEmpty() || minor.equals(version),
        which + ".version",
        values);
    within(side, "ready", 0, Cluster.PODS);
    within(side, "wanted", Cluster.PODS, Cluster.PODS);
    within(side, "releases", RELEASES - 1, RELEASES);
    within(side, "unhealthy", 0, RELEASES);
    within(side, "unsynced", 0, RELEASES);
    within(side, "drifted", 0, RELEASES);
    if (side.get("ready") instanceof Long ready && ready == Cluster.PODS) {
      within(side, "unhealthy", 0, 1);
    }
  }

  private static void within(Map<?, ?> values, String name, long least, long most) {
    Object value = values.get(name);
    require(
        value instanceof Unknown || value instanceof Long l && least <= l && l <= most,
        name,
        values);
  }

  private static void shares(Map<String, Object> values) {
    if (!(values.get("weights") instanceof Map<?, ?> weights)) {
      require(values.get("weights") instanceof Unknown, "weights", values);
      return;
    }
    Map<?, ?> shares = map(values, "shares");
    require(shares.keySet().equals(weights.keySet()), "shares", values);
    double all = weights.values().stream().mapToLong(w -> (Long) w).sum();
    weights.forEach(
        (name, weight) ->
            require(
                all == 0
                    || shares.get(name) instanceof Double share
                        && Math.abs(share - (Long) weight / all) < 1e-9,
                "shares." + name,
                values));
  }

  /** Counts are of sides; who was never asked is not counted. */
  private static void requests(Map<String, Object> values, String to) {
    Object requests = values.get("requests");
    boolean counted =
        requests instanceof Map<?, ?> m
            && m.values().stream().allMatch(n -> (Long) n >= 0)
            && (m.isEmpty() || m.containsKey(to));
    require(requests instanceof Unknown || counted, "requests", values);
  }

  private static void require(boolean holds, String what, Map<?, ?> values) {
    if (!holds) {
      throw new Invariants.Violation(
          "an expression is told what can be: " + what + " in " + values);
    }
  }
}

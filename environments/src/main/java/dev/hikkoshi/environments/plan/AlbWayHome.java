package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.record.WayHome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One {@code modify-rule} with all actions of the rule. Where home's group is off the rule nobody
 * probes it: then it is put back with weight 0 and waited for first.
 */
final class AlbWayHome {

  private static final int WHOLE = 100;

  private final Draft d;
  private final DesiredRoute.Alb route;
  private final AlbRouteSeen seen;
  private final String home;

  AlbWayHome(Draft d, DesiredRoute.Alb route, AlbRouteSeen seen, String home) {
    this.d = d;
    this.route = route;
    this.seen = seen;
    this.home = home;
  }

  /** Empty while home is alone on the rule, or while its group or the rule is not known. */
  Optional<WayHome> way(Optional<Action.WriteRule> next) {
    Optional<String> group = Readiness.end(d, route, home).known();
    if (group.isEmpty() || seen.ruleArn().isEmpty() || seen.actions().isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, Integer> now = new TreeMap<>();
    next.ifPresent(w -> w.weights().forEach(g -> now.put(g.groupArn(), g.weight())));
    seen.groups().forEach(g -> now.put(g.groupArn(), g.weight()));
    boolean stays = next.map(w -> named(w.weights(), group.get())).orElse(true);
    boolean probed = stays && named(seen.groups(), group.get());
    if (probed && now.keySet().stream().noneMatch(g -> other(g, group.get()))) {
      return Optional.empty();
    }
    List<String> commands = new ArrayList<>();
    if (!probed) {
      SortedMap<String, Integer> back = new TreeMap<>(now);
      back.put(group.get(), 0);
      commands.add(modify(back));
      commands.add(
          ShellText.of(
              List.of(
                  "aws",
                  "elbv2",
                  "wait",
                  "target-in-service",
                  "--region",
                  d.desired.region(),
                  "--target-group-arn",
                  group.get())));
    }
    SortedMap<String, Integer> there = new TreeMap<>(now);
    there.replaceAll((g, weight) -> other(g, group.get()) ? Integer.valueOf(0) : weight);
    there.put(group.get(), WHOLE);
    commands.add(modify(there));
    return Optional.of(new WayHome(home, route.role(), commands));
  }

  private static boolean named(List<GroupWeight> groups, String arn) {
    return groups.stream().anyMatch(g -> g.groupArn().equals(arn));
  }

  /** A group of another cluster of ours; strangers keep what they have. */
  private boolean other(String group, String homes) {
    boolean ours =
        seen.ours().containsValue(group)
            || d.ends(route).side(group).filter(d::adopted).isPresent();
    return !group.equals(homes) && ours;
  }

  private String modify(SortedMap<String, Integer> weights) {
    List<Map<String, Object>> actions =
        seen.actions().stream().map(action -> withWeights(action, weights)).toList();
    return ShellText.of(
        List.of(
            "aws",
            "elbv2",
            "modify-rule",
            "--region",
            d.desired.region(),
            "--rule-arn",
            seen.ruleArn().orElseThrow(),
            "--actions",
            JsonText.of(actions)));
  }

  private static Map<String, Object> withWeights(
      Map<String, Object> action, SortedMap<String, Integer> weights) {
    if (!"forward".equals(action.get("Type"))) {
      return action;
    }
    List<Map<String, Object>> groups = new ArrayList<>();
    weights.forEach(
        (group, weight) -> {
          Map<String, Object> tuple = new LinkedHashMap<>();
          tuple.put("TargetGroupArn", group);
          tuple.put("Weight", weight);
          groups.add(tuple);
        });
    Map<String, Object> forward = new LinkedHashMap<>();
    forward.put("TargetGroups", groups);
    if (action.get("ForwardConfig") instanceof Map<?, ?> before) {
      before.forEach((key, value) -> forward.putIfAbsent(String.valueOf(key), value));
    }
    Map<String, Object> next = new LinkedHashMap<>(action);
    next.remove("TargetGroupArn");
    next.put("ForwardConfig", forward);
    return next;
  }
}

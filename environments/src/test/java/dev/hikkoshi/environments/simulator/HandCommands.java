package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.record.WayHome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What AWS would hold after a person has typed commands; the simulated world stays as it is. */
public final class HandCommands {

  private HandCommands() {}

  /**
   * Sides of the DNS route afterwards.
   *
   * @param json reads what a command carries
   */
  static Sides dns(World world, WayHome way, Function<String, Object> json) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    world.dns.records.forEach(
        r -> weights.put(r.setIdentifier().orElseThrow(), r.weight().orElseThrow()));
    for (String command : way.commands()) {
      Object batch = json.apply(argument(command, "--change-batch"));
      for (Object change : (List<?>) at(batch, "Changes")) {
        Object set = at(change, "ResourceRecordSet");
        Optional<String> alias =
            Optional.ofNullable((Map<?, ?>) ((Map<?, ?>) set).get("AliasTarget"))
                .map(target -> (String) at(target, "DNSName"));
        String side = world.dns.side(alias, (String) at(set, "SetIdentifier"));
        weights.put(side, (Integer) at(set, "Weight"));
      }
    }
    return sides(weights);
  }

  /** Sides of the ALB route afterwards; a group that does not exist is an error as at AWS. */
  static Sides alb(World world, WayHome way, Function<String, Object> json) {
    List<GroupWeight> groups = world.alb.rule;
    for (String command : way.commands()) {
      if (words(command).contains("modify-rule")) {
        groups = groups((List<?>) json.apply(argument(command, "--actions")));
      }
    }
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (GroupWeight g : groups) {
      TargetGroup known = world.alb.groups.get(g.groupArn());
      if (g.groupArn().equals(Wishes.OUTSIDE)) {
        weights.put(Wishes.OUTSIDE, g.weight());
        continue;
      }
      if (known == null) {
        throw new IllegalStateException("TargetGroupNotFound " + g.groupArn());
      }
      weights.put(known.cluster, g.weight());
    }
    return sides(weights);
  }

  private static List<GroupWeight> groups(List<?> actions) {
    Object forward = at(actions.getFirst(), "ForwardConfig");
    List<GroupWeight> groups = new ArrayList<>();
    for (Object tuple : (List<?>) at(forward, "TargetGroups")) {
      groups.add(
          new GroupWeight((String) at(tuple, "TargetGroupArn"), (Integer) at(tuple, "Weight")));
    }
    return groups;
  }

  private static Sides sides(Map<String, Integer> weights) {
    Sides sides = Sides.none();
    for (Map.Entry<String, Integer> e : weights.entrySet()) {
      sides = sides.with(e.getKey(), e.getValue(), "");
    }
    return sides;
  }

  /** JSON is YAML. */
  public static Object json(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  /** What a map must have. */
  public static Object at(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }

  /** The word after a flag. */
  public static String argument(String command, String flag) {
    List<String> words = words(command);
    return words.get(words.indexOf(flag) + 1);
  }

  /** Words as a POSIX shell splits them, as far as single quotes and backslashes go. */
  public static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == '\\' && !quoted) {
        word.append(command.charAt(++i));
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }
}

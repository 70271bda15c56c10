package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node.Mapping;
import java.util.List;
import java.util.Set;

/**
 * A loaded file, or the parts of one so far.
 *
 * @param fields all top-level fields except {@code helmfiles}
 * @param children its {@code helmfiles}, each one file or folder
 * @param defined whether its environments have the one that is asked for; what comes after the part
 *     that has not is not loaded then
 */
record Loaded(Mapping fields, List<SubHelmfile> children, Scope scope, boolean defined) {

  private static final Set<String> DONE = Set.of("bases", "environments", "values", "helmfiles");

  Loaded {
    children = List.copyOf(children);
  }

  Loaded unsure() {
    return new Loaded(fields, children, scope.unsure(), defined);
  }

  List<String> environments() {
    return fields.at(SubHelmfile.ENVIRONMENTS).orElse(null) instanceof Mapping map
        ? map.entries().stream().map(e -> e.key().text()).toList()
        : List.of();
  }

  /** Fields that are left to read, without those that loading has done. */
  Mapping rest() {
    return StateMerge.without(fields, DONE);
  }
}

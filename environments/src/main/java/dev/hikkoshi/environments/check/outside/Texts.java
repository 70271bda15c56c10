package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into trees whose shape somebody else chose: what is not as expected is not there. */
final class Texts {

  private Texts() {}

  static Optional<Object> at(@Nullable Object tree, String... keys) {
    @Nullable Object here = tree;
    for (String key : keys) {
      if (!(here instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      here = map.get(key);
    }
    return Optional.ofNullable(here);
  }

  static List<?> list(@Nullable Object tree, String... keys) {
    return at(tree, keys).orElse(null) instanceof List<?> list ? list : List.of();
  }

  static Map<?, ?> map(@Nullable Object tree, String... keys) {
    return at(tree, keys).orElse(null) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** A scalar as text. */
  static Optional<String> text(@Nullable Object tree, String... keys) {
    return at(tree, keys)
        .filter(v -> !(v instanceof Map) && !(v instanceof List))
        .map(Object::toString)
        .filter(t -> !t.isEmpty());
  }

  /** The API group, empty for the core one. */
  static String group(Manifest object) {
    int slash = object.apiVersion().indexOf('/');
    return slash < 0 ? "" : object.apiVersion().substring(0, slash);
  }
}

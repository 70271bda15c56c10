package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.check.outside.Rendering.Content;
import dev.hikkoshi.environments.observed.Hook;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Objects written as YAML, as one release or as several. */
final class Rendered {

  static final ReleaseId RELEASE = new ReleaseId("web", "web");

  private Rendered() {}

  static Rendering of(String yaml) {
    return Rendering.of(Map.of(RELEASE, content(yaml)));
  }

  /** Documents that carry Helm's annotation are hooks, as the worker would give them. */
  static Content content(String yaml) {
    List<Manifest> objects = new ArrayList<>();
    List<Hook> hooks = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      Manifest object = new Manifest(tree(document));
      object
          .annotation("helm.sh/hook")
          .ifPresentOrElse(
              events ->
                  hooks.add(
                      new Hook(object, new TreeSet<>(Arrays.asList(events.split(","))), "h.yaml")),
              () -> objects.add(object));
    }
    return new Content(objects, hooks);
  }

  private static Map<String, Object> tree(Object document) {
    Map<String, Object> tree = new HashMap<>();
    ((Map<?, ?>) document).forEach((k, v) -> tree.put((String) k, v));
    return tree;
  }
}

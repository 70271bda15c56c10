package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.observed.Hook;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that releases would be in one cluster, objects with the namespace they land in. */
public record Rendering(SortedMap<ReleaseId, Content> releases) {

  public Rendering {
    releases = Sorted.copyOf(releases);
  }

  /** One release. */
  public record Content(List<Manifest> objects, List<Hook> hooks) {

    public Content {
      objects = List.copyOf(objects);
      hooks = List.copyOf(hooks);
    }
  }

  public static Rendering of(Map<ReleaseId, Content> releases) {
    return new Rendering(new TreeMap<>(releases));
  }

  Stream<Manifest> objects() {
    return releases.values().stream().flatMap(r -> r.objects().stream());
  }
}

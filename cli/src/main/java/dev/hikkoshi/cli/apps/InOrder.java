package dev.hikkoshi.cli.apps;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.TemplateScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Releases in the order in which helmfile prints them: file by file, in a file level by level of
 * needs, in a level as they are defined.
 */
final class InOrder {

  private final DesiredApps apps;
  private final Map<ReleaseId, Integer> levels = new HashMap<>();

  private InOrder(DesiredApps apps) {
    this.apps = apps;
  }

  static List<WantedRelease> of(DesiredApps apps) {
    InOrder order = new InOrder(apps);
    List<WantedRelease> all = new ArrayList<>();
    List<WantedRelease> file = new ArrayList<>();
    for (WantedRelease release : apps.releases()) {
      // By identity: two files may well have equal values.
      if (!file.isEmpty() && scope(release) != scope(file.getFirst())) {
        all.addAll(order.levelled(file));
        file.clear();
      }
      file.add(release);
    }
    all.addAll(order.levelled(file));
    return all;
  }

  /** Releases of one file share one scope, and no two files do. */
  private static TemplateScope scope(WantedRelease release) {
    return release.templating().scope();
  }

  private List<WantedRelease> levelled(List<WantedRelease> file) {
    return file.stream().sorted(Comparator.comparingInt(r -> level(r.id()))).toList();
  }

  /** Needs have no circles: the reader refuses them. */
  private int level(ReleaseId release) {
    Integer known = levels.get(release);
    if (known != null) {
      return known;
    }
    int level = 0;
    for (ReleaseId need : apps.needs(release)) {
      level = Math.max(level, level(need) + 1);
    }
    levels.put(release, level);
    return level;
  }
}

package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.TemplateScope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The releases that every cluster of the environment gets.
 *
 * @param appDigest hash of the blobs read through {@code apps} only, and of what ranges of chart
 *     versions came to where somebody has settled them
 * @param helmfileEnvironment helmfile's environment that was asked for
 * @param releases in the order in which helmfile visits them, those of sub-helmfiles before their
 *     parent's; without those that are not installed
 * @param left those that selectors and conditions leave out: neither installed nor uninstalled.
 *     What the helmfile has with {@code installed: false}, or has not, is uninstalled
 * @param absent those that take part with {@code installed: false}
 * @param needs for a release those that must be healthy before it
 */
public record DesiredApps(
    String appDigest,
    String helmfileEnvironment,
    List<WantedRelease> releases,
    Set<ReleaseId> left,
    Set<ReleaseId> absent,
    Map<ReleaseId, Set<ReleaseId>> needs) {

  public DesiredApps {
    releases = List.copyOf(releases);
    left = Set.copyOf(left);
    absent = Set.copyOf(absent);
    needs = Map.copyOf(needs);
  }

  /** An environment without {@code apps}. */
  public static DesiredApps none() {
    return new DesiredApps("", "default", List.of(), Set.of(), Set.of(), Map.of());
  }

  /**
   * The same with charts of settled versions.
   *
   * @param charts for each release that had a range
   * @param otherDigest with what the ranges came to
   */
  public DesiredApps settled(Map<ReleaseId, ChartSource> charts, String otherDigest) {
    List<WantedRelease> all =
        releases.stream().map(r -> r.of(charts.getOrDefault(r.id(), r.chart()))).toList();
    return new DesiredApps(otherDigest, helmfileEnvironment, all, left, absent, needs);
  }

  public Set<ReleaseId> needs(ReleaseId release) {
    return needs.getOrDefault(release, Set.of());
  }

  /** What the templates of its helmfiles see, each once. */
  public List<TemplateScope> scopes() {
    return releases.stream().map(r -> r.templating().scope()).distinct().toList();
  }
}

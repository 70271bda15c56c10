package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders releases for a cluster that is there, and compares them with what is in it. */
public final class Online {

  private final KubeApi api;
  private final Discovery discovery;
  private final ReleaseRenderer renderer;
  private final Preview preview;

  /**
   * For one cluster.
   *
   * @param pool unpacks Helm's records
   */
  public Online(KubeApi api, Discovery discovery, ReleaseRenderer renderer, RenderPool pool) {
    this.api = api;
    this.discovery = discovery;
    this.renderer = renderer;
    this.preview = new Preview(api, discovery, pool);
  }

  /**
   * What would change for one release.
   *
   * @param problem why it cannot be said
   */
  public record Compared(ReleaseId id, List<Preview.Change> changes, Optional<String> problem) {

    public Compared {
      changes = List.copyOf(changes);
    }
  }

  /**
   * All of them, in their order.
   *
   * @param kubeVersion the server's
   * @param facts what templates of values see of the cluster; empty for one of which nothing but
   *     its API is known: templates that ask for its facts fail then
   * @throws RenderException when nothing can be rendered at the moment
   */
  public List<Compared> all(
      List<WantedRelease> releases, String kubeVersion, Optional<Facts> facts) {
    TemplateData data = facts.map(TemplateData::new).orElseGet(TemplateData::ofNoCluster);
    LiveLookup lookup = key -> Lookups.ask(api, discovery, key);
    ReleaseRenderer.Target target =
        new ReleaseRenderer.Target(kubeVersion, List.copyOf(discovery.apiVersions()));
    List<Compared> all = new ArrayList<>();
    for (WantedRelease release : releases) {
      try {
        ChartRequest request = renderer.request(release, data, target, 1);
        all.add(
            new Compared(
                release.id(),
                preview.of(release.id(), renderer.render(request, release, lookup)),
                Optional.empty()));
      } catch (RenderException e) {
        if (!RenderFailure.ofTheRelease(e)) {
          throw e;
        }
        all.add(new Compared(release.id(), List.of(), Optional.of(RenderFailure.sentence(e))));
      }
    }
    return all;
  }
}

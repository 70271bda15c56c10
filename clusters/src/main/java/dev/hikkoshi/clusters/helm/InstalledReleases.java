package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.helm.Preview.Added;
import dev.hikkoshi.clusters.helm.Preview.Change;
import dev.hikkoshi.clusters.helm.Preview.Changed;
import dev.hikkoshi.clusters.helm.Preview.Removed;
import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Releases that somebody else installed into a cluster, held against the releases that a helmfile
 * wants there: by Helm's own records (what was rendered then against what would be rendered now),
 * and by a dry run of each apply (what the API server says would change in the live object).
 */
public final class InstalledReleases {

  private final KubeApi api;
  private final Discovery discovery;
  private final ReleaseRenderer renderer;
  private final RenderPool pool;
  private final Preview preview;

  /**
   * For one cluster.
   *
   * @param pool unpacks Helm's records
   */
  public InstalledReleases(
      KubeApi api, Discovery discovery, ReleaseRenderer renderer, RenderPool pool) {
    this.api = api;
    this.discovery = discovery;
    this.renderer = renderer;
    this.pool = pool;
    this.preview = new Preview(api, discovery, pool);
  }

  /**
   * A release as Helm's newest record tells it.
   *
   * @param status Helm's word
   * @param serverSide whether Helm applied it on the server's side; Helm 3 did not
   */
  public record Installed(
      int revision, String status, String chart, String version, boolean serverSide) {}

  /**
   * One release that both sides have.
   *
   * @param chart name of the wanted one
   * @param version of the wanted one
   * @param rendered objects that come out otherwise than recorded
   * @param live what a sync would change beside, in the API server's own words
   * @param problem why it cannot be compared
   */
  public record Compared(
      ReleaseId id,
      Installed installed,
      String chart,
      String version,
      List<Change> rendered,
      List<Change> live,
      Optional<String> problem) {

    public Compared {
      rendered = List.copyOf(rendered);
      live = List.copyOf(live);
    }
  }

  /**
   * Every release of the cluster by its newest record.
   *
   * @throws KubeException when the cluster does not answer
   */
  public SortedMap<ReleaseId, Installed> all() {
    SortedMap<ReleaseId, Installed> all = new TreeMap<>();
    newest().forEach((id, secret) -> all.put(id, installed(pool.decode(secret))));
    return all;
  }

  private Map<ReleaseId, ObjectNode> newest() {
    Map<ReleaseId, ObjectNode> newest = new HashMap<>();
    Map<ReleaseId, Integer> numbers = new HashMap<>();
    for (ObjectNode secret : api.list("/api/v1/secrets", "labelSelector=owner%3Dhelm").items()) {
      Optional<Revision> revision = Revision.of(LiveObject.of(secret));
      if (revision.isPresent()
          && revision.get().number() > numbers.getOrDefault(revision.get().id(), 0)) {
        numbers.put(revision.get().id(), revision.get().number());
        newest.put(revision.get().id(), secret);
      }
    }
    return newest;
  }

  private static Installed installed(ReleaseRecord record) {
    return new Installed(
        record.revision(),
        record.status(),
        record.chart().name(),
        record.chart().version(),
        record.applyMethod().equals("ssa"));
  }

  /**
   * The releases that are there and wanted, in the helmfile's order.
   *
   * @param kubeVersion the server's
   * @throws RenderException when nothing can be rendered at the moment
   * @throws KubeException when the cluster does not answer
   */
  public List<Compared> compare(Wanted wanted, String kubeVersion) {
    Map<ReleaseId, ObjectNode> records = newest();
    TemplateData data = new TemplateData(wanted.facts());
    SortedSet<String> versions = discovery.apiVersions();
    ReleaseRenderer.Target target = new ReleaseRenderer.Target(kubeVersion, List.copyOf(versions));
    List<Compared> all = new ArrayList<>();
    for (WantedRelease release : wanted.releases()) {
      ObjectNode secret = records.get(release.id());
      if (secret != null) {
        all.add(one(release, pool.decode(secret), data, target));
      }
    }
    return all;
  }

  private Compared one(
      WantedRelease release,
      ReleaseRecord record,
      TemplateData data,
      ReleaseRenderer.Target target) {
    LiveLookup lookup = key -> Lookups.ask(api, discovery, key);
    try {
      ChartRequest request = renderer.request(release, data, target, record.revision());
      RenderedChart chart = renderer.render(request, release, lookup);
      return new Compared(
          release.id(),
          installed(record),
          chart.chart().name(),
          chart.chart().version(),
          rendered(release.id(), record.objects(), chart.objects()),
          preview.of(release.id(), chart),
          Optional.empty());
    } catch (RenderException e) {
      if (!RenderFailure.ofTheRelease(e)) {
        throw e;
      }
      return new Compared(
          release.id(),
          installed(record),
          "",
          "",
          List.of(),
          List.of(),
          Optional.of(RenderFailure.sentence(e)));
    }
  }

  /** What was recorded against what would be now; generated values are as recorded. */
  private List<Change> rendered(
      ReleaseId id, List<RenderedObject> recorded, List<RenderedObject> now) {
    Scopes scopes = new Scopes(discovery, List.of());
    Map<String, RenderedObject> before = new TreeMap<>();
    recorded.forEach(object -> before.put(Part.key(object, id, scopes).identity(), object));
    List<RenderedObject> settled =
        Unstable.kept(
            now,
            Map.of(),
            object ->
                Optional.ofNullable(before.get(Part.key(object, id, scopes).identity()))
                    .map(RenderedObject::object));
    List<Change> changes = new ArrayList<>();
    Set<String> wanted = new HashSet<>();
    for (RenderedObject object : settled) {
      ObjectKey key = Part.key(object, id, scopes);
      wanted.add(key.identity());
      RenderedObject there = before.get(key.identity());
      if (there == null) {
        changes.add(new Added(key, object.object()));
      } else if (!there.object().equals(object.object())) {
        changes.add(new Changed(key, there.object(), object.object()));
      }
    }
    before.forEach(
        (identity, object) -> {
          if (!wanted.contains(identity)) {
            changes.add(new Removed(Part.key(object, id, scopes)));
          }
        });
    changes.sort(Comparator.comparing(Change::key));
    return changes;
  }
}

package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Renders releases without a cluster, as {@code helm template} does: the API versions are Helm's
 * own and those that are given, {@code lookup} finds nothing, each chart is rendered once and as
 * text.
 */
public final class Offline implements AutoCloseable {

  private final ReleaseRenderer renderer;
  private final Target target;
  private final UnaryOperator<Problem> shown;
  private final Parallel parallel;
  private final TemplateData data = TemplateData.ofNoCluster();
  private final Map<WantedRelease, Future<Rendered>> begun = new IdentityHashMap<>();

  /**
   * Over a renderer.
   *
   * @param width releases at work at a time
   * @param shown a problem with its file as the user can open it
   */
  public Offline(ReleaseRenderer renderer, Target target, int width, UnaryOperator<Problem> shown) {
    this.renderer = renderer;
    this.shown = shown;
    this.target = target;
    this.parallel = new Parallel(width);
  }

  /**
   * What charts are told.
   *
   * @param kubeVersion empty for what the release says, else Helm's own
   * @param apiVersions besides those that Helm knows and the release names
   * @param crds whether CRDs are part of the text
   */
  public record Target(Optional<String> kubeVersion, List<String> apiVersions, boolean crds) {

    public Target {
      apiVersions = List.copyOf(apiVersions);
    }
  }

  /** How it ended for one release. */
  public sealed interface Rendered {

    ReleaseId id();
  }

  /** Its manifests, as Helm prints them. */
  public record Good(ReleaseId id, String text) implements Rendered {}

  /**
   * It does not render, because of what is in the files.
   *
   * @param problem in one sentence, with file and line where known
   */
  public record Bad(ReleaseId id, String problem) implements Rendered {}

  /**
   * All of them, in their order.
   *
   * @throws RenderException when nothing can be rendered at the moment
   */
  public List<Rendered> all(List<WantedRelease> releases) {
    releases.forEach(this::begin);
    return Parallel.join(releases.stream().map(begun::get).toList());
  }

  /** Begins with a release that {@link #all} will be asked for; from the same thread as that. */
  public void begin(WantedRelease release) {
    begun.computeIfAbsent(release, r -> parallel.begin(() -> one(r)));
  }

  private Rendered one(WantedRelease release) {
    try {
      Templating said = release.templating();
      List<String> more = new ArrayList<>(said.apiVersions());
      more.addAll(target.apiVersions());
      ReleaseRenderer.Target told =
          new ReleaseRenderer.Target(target.kubeVersion().orElse(said.kubeVersion()), null, more);
      ChartRequest request = renderer.request(release, data, told, 1);
      return new Good(release.id(), renderer.text(request, release, target.crds()));
    } catch (RenderException e) {
      if (RenderFailure.ofTheRelease(e)) {
        return new Bad(release.id(), RenderFailure.sentence(e, shown));
      }
      throw e;
    }
  }

  @Override
  public void close() {
    parallel.close();
  }
}

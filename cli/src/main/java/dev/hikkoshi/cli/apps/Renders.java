package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.clusters.charts.ChartException;
import dev.hikkoshi.clusters.helm.Offline;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The renders of one command: the first releases are rendered while the others are still read, so
 * that reading, which one core does, does not leave the others idle.
 */
final class Renders implements AutoCloseable {

  private final Worker worker;
  private final Where where;
  private final Session session;
  private final HelmfileOptions options;
  private final TargetOptions target;
  private @Nullable Offline offline;

  Renders(
      Worker worker, Where where, Session session, HelmfileOptions options, TargetOptions target) {
    this.worker = worker;
    this.where = where;
    this.session = session;
    this.options = options;
    this.target = target;
  }

  /**
   * Begins with a release. Nothing is built for it, and what is wrong is told by {@link #all}:
   * after what is wrong with the helmfile.
   */
  void early(WantedRelease release) {
    if (!worker.there()) {
      return;
    }
    try {
      offline().begin(release);
    } catch (CliException _) {
      // As said above.
    }
  }

  /**
   * All of these in their order, those that were begun among them.
   *
   * @throws CliException when nothing can be rendered at the moment
   */
  List<Offline.Rendered> all(List<WantedRelease> releases) {
    try {
      return offline().all(releases);
    } catch (RenderException | ChartException e) {
      throw new CliException(Exit.ERROR, String.valueOf(e.getMessage()), "");
    }
  }

  private Offline offline() {
    Offline known = offline;
    if (known == null) {
      Offline.Target told =
          new Offline.Target(target.kubeVersion(), target.apiVersions(), target.crds());
      var renderer = worker.renderer(options, target.cache(session));
      known = new Offline(renderer, told, Worker.WIDTH, where::shown);
      offline = known;
    }
    return known;
  }

  @Override
  public void close() {
    if (offline != null) {
      offline.close();
    }
  }
}

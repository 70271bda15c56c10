package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsClock;
import dev.hikkoshi.clusters.cel.CelExpressions;
import dev.hikkoshi.clusters.charts.ChartStore;
import dev.hikkoshi.clusters.charts.Logins;
import dev.hikkoshi.clusters.charts.SettledCharts;
import dev.hikkoshi.clusters.eks.EksAdapter;
import dev.hikkoshi.clusters.eks.EksTokens;
import dev.hikkoshi.clusters.eks.StsIdentity;
import dev.hikkoshi.clusters.elb.ElbBalancers;
import dev.hikkoshi.clusters.helm.CheckJobs;
import dev.hikkoshi.clusters.helm.HelmInside;
import dev.hikkoshi.clusters.helm.ReleaseRenderer;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.metrics.Providers;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.Definitions;
import dev.hikkoshi.clusters.record.Freezes;
import dev.hikkoshi.clusters.record.KeptCharts;
import dev.hikkoshi.clusters.record.KubeRecordStore;
import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.clusters.record.StatusWriter;
import dev.hikkoshi.clusters.render.AgeKeys;
import dev.hikkoshi.clusters.render.ChartRenders;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderStore;
import dev.hikkoshi.clusters.render.SopsSecrets;
import dev.hikkoshi.clusters.render.WorkerTemplates;
import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.clusters.webhook.Webhooks;
import dev.hikkoshi.controller.engine.EngineEvents;
import dev.hikkoshi.controller.engine.Pace;
import dev.hikkoshi.controller.engine.Parts;
import dev.hikkoshi.controller.evaluate.DefinitionReader;
import dev.hikkoshi.controller.source.GitOrigin;
import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.port.Fence;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The real outside, opened. Closing it closes what the engine does not: close the engine first. An
 * installation that could not be opened leaves nothing open.
 */
public final class Installation implements AutoCloseable {

  private final Options options;
  private final AwsClock clock;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** A thousand releases of usual size take some 20 MB. */
  private static final long RENDERS_ON_DISK = 512L << 20;

  private Installation(Options options, AwsClock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** An installation that has opened nothing yet. */
  public static Installation of(Options options, AwsClock clock) {
    return new Installation(options, clock);
  }

  /**
   * Connects, installs our kinds if wanted, and begins to seek the lease.
   *
   * @param worker the render worker's binary, from the toolbox
   * @param helm finds the helm command line; asked when a chart has to be fetched
   * @throws RuntimeException when the management cluster cannot be reached or refuses, or no AWS
   *     region is configured; everything that was opened is closed again
   */
  public Parts open(Path worker, Supplier<Path> helm, EngineEvents events) {
    try {
      Management management = opened(Management.connect(options.kubeconfig(), options.namespace()));
      if (options.installDefinitions()) {
        new Definitions(management).install();
      }
      Lease lease = new Lease(management, options.lease(), options.aws().writeLimit(), clock);
      AwsClients aws = opened(AwsClients.of(options.aws(), lease.fence(), clock));
      RenderPool pool = opened(new RenderPool(worker, options.render()));
      ChartStore charts = charts(pool, helm);
      Gateways gateways = gateways(management, lease.fence(), aws, pool, charts);
      return parts(management, lease, aws, gateways, reader(management, pool, charts), events);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Gateways gateways(
      Management management, Fence fence, AwsClients aws, RenderPool pool, ChartStore charts) {
    KubeClients clients =
        opened(
            new KubeClients(
                new EksTokens(aws, clock.withZone(ZoneOffset.UTC)), fence, aws.writeLimit()));
    return new Gateways(
        new StsIdentity(aws),
        new EksAdapter(aws, clock),
        opened(new HelmInside(clients, pool, releases(pool, charts), clock)),
        new Route53Dns(aws, options.dns(), clock),
        new ElbBalancers(aws, options.metricPeriod(), clock),
        opened(new Providers(options.metrics(), aws, clock)),
        new Freezes(management),
        opened(new Webhooks(options.webhooks())),
        new CheckJobs(clients));
  }

  private ChartStore charts(RenderPool pool, Supplier<Path> helm) {
    Logins logins = options.releases().logins().map(Logins::in).orElse(Logins.NONE);
    Path cache = options.releases().cache();
    return new ChartStore(helm, cache.resolve("charts"), logins, () -> pool, clock);
  }

  private DefinitionReader reader(Management management, RenderPool pool, ChartStore charts) {
    SettledCharts settled =
        new SettledCharts(charts, new KeptCharts(management), Thread::startVirtualThread);
    WorkerTemplates templates = new WorkerTemplates(() -> pool);
    CelExpressions expressions = new CelExpressions();
    SopsSecrets secrets = new SopsSecrets(() -> pool, AgeKeys.in(options.releases().ageKeys()));
    return (tree, folder) ->
        settled.settled(
            dev.hikkoshi.environments.definition.Definitions.read(
                tree, folder, templates, secrets, expressions));
  }

  private ReleaseRenderer releases(RenderPool pool, ChartStore charts) {
    ReleaseOptions releases = options.releases();
    RenderStore store =
        new RenderStore(releases.cache().resolve("renders"), RENDERS_ON_DISK, clock);
    return new ReleaseRenderer(
        pool, new ChartRenders(pool, Optional.of(store)), charts, AgeKeys.in(releases.ageKeys()));
  }

  private Parts parts(
      Management management,
      Lease lease,
      AwsClients aws,
      Gateways gateways,
      DefinitionReader reader,
      EngineEvents events) {
    KubeRecordStore records = lease.records();
    List<Source> sources =
        options.sources().stream().<Source>map(s -> new GitOrigin(s, clock)).toList();
    lease.start();
    return new Parts(
        sources,
        reader,
        aws.region(),
        gateways,
        records,
        new Recorded(records)::names,
        lease,
        new AnnotatedCommands(new Commands(management, clock)),
        new ViewStatus(new StatusWriter(management, clock), clock),
        clock,
        measuring(),
        Pace.of(options.interval(), options.lease().duration(), aws.writeLimit()),
        events);
  }

  private Measuring measuring() {
    Measuring standard = Measuring.standard();
    return new Measuring(options.metricPeriod(), standard.dnsAnswers(), standard.minRequests());
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** The last opened first; one that fails keeps none of the others open. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.getLogger("dev.hikkoshi").log(System.Logger.Level.WARNING, "while closing", e);
      }
    }
  }
}

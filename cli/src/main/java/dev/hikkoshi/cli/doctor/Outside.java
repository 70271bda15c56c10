package dev.hikkoshi.cli.doctor;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.clusters.account.AccountLooks;
import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.eks.EksAdapter;
import dev.hikkoshi.clusters.eks.EksTokens;
import dev.hikkoshi.clusters.eks.StsIdentity;
import dev.hikkoshi.clusters.elb.ElbBalancers;
import dev.hikkoshi.clusters.helm.HelmInside;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.check.doctor.Subject;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.port.FreezeGateway;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** AWS and the clusters, seen with the credentials of whoever asks. Nothing is written. */
public final class Outside implements AutoCloseable {

  private final AwsClients aws;
  private final KubeClients clients;
  private final HelmInside inside;
  private final Gateways gateways;

  private Outside(AwsClients aws, Worker worker, DnsServers dns) {
    this.aws = aws;
    this.clients = new KubeClients(new EksTokens(aws, Clock.systemUTC()));
    this.inside = new HelmInside(clients, worker.pool(), worker.renderer(), Clock.systemUTC());
    this.gateways =
        new Gateways(
            new StsIdentity(aws),
            new EksAdapter(aws, Clock.systemUTC()),
            inside,
            new Route53Dns(aws, dns, Clock.systemUTC()),
            new ElbBalancers(aws, Measuring.standard().metricPeriod(), Clock.systemUTC()),
            MetricsGateway.none(),
            FreezeGateway.none());
  }

  /**
   * Opens clients for an environment's region; nobody is asked yet.
   *
   * @param dns authoritative servers; none for those of each zone
   * @throws CliException when the AWS configuration of this machine is no good
   */
  public static Outside open(Desired desired, Examination rendering, List<String> dns) {
    try {
      AwsClients aws = AwsClients.of(AwsSettings.standard().in(desired.region()));
      return new Outside(aws, rendering.worker(), DnsServers.parse(dns));
    } catch (IllegalArgumentException e) {
      throw new CliException(
          Exit.USAGE, "AWS cannot be asked: " + e.getMessage(), "--offline asks nobody.");
    }
  }

  /** One look for an environment that is rendered; what could not be seen is unknown. */
  public Subject.Seen look(Subject subject) {
    Desired desired = subject.desired();
    Observed observed =
        new Observer(gateways, Runnable::run)
            .look(
                desired,
                EnvironmentRecord.fresh(desired.environment()),
                Clock.systemUTC().instant());
    Map<String, Observation<Map<String, Integer>>> replicas = new TreeMap<>();
    for (ClusterSeen cluster : observed.clusters().known().orElse(List.of())) {
      if (cluster.status() == ClusterSeen.Status.ACTIVE) {
        replicas.put(cluster.name(), inside.readyReplicas(cluster));
      }
    }
    return new Subject.Seen(
        observed,
        replicas,
        new AccountLooks(aws).look(subject.subnets(), Subject.roles(subject.here())));
  }

  @Override
  public void close() {
    inside.close();
    clients.close();
    aws.close();
  }
}

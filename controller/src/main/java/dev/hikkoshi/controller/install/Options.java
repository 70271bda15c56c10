package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.metrics.MetricsOptions;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.clusters.webhook.WebhookOptions;
import dev.hikkoshi.gitsync.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an installation is told.
 *
 * @param metricPeriod of the load balancers' request counts, whole seconds
 * @param metrics providers that checks of definitions may ask beside CloudWatch
 * @param webhooks headers for endpoints that checks of definitions ask
 * @param kubeconfig of the management cluster; without it what kubectl would use, or the pod's own
 * @param namespace for our objects; without it that of the kubeconfig's context or of the pod
 * @param installDefinitions whether the kinds of our objects are installed at the start
 * @param interval between passes in which nothing happens
 */
public record Options(
    List<SourceConfig> sources,
    AwsSettings aws,
    DnsServers dns,
    Duration metricPeriod,
    MetricsOptions metrics,
    WebhookOptions webhooks,
    Optional<Path> kubeconfig,
    Optional<String> namespace,
    boolean installDefinitions,
    LeaseOptions lease,
    Duration interval,
    RenderOptions render,
    ReleaseOptions releases) {

  public Options {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "no source: set hikkoshi.sources[0].name and hikkoshi.sources[0].url");
    }
    if (!metricPeriod.isPositive() || !interval.isPositive()) {
      throw new IllegalArgumentException("hikkoshi.metric-period and pass.interval are positive");
    }
  }

  /**
   * The Lease that decides who writes.
   *
   * @param name one for each installation
   * @param holder unique among replicas and restarts
   * @param duration whole seconds
   */
  public record LeaseOptions(String name, String holder, Duration duration) {}
}

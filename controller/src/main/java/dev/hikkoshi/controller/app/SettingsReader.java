package dev.hikkoshi.controller.app;

import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.controller.app.Settings.SourceSettings;
import dev.hikkoshi.controller.install.Options;
import dev.hikkoshi.controller.install.Options.LeaseOptions;
import dev.hikkoshi.controller.install.ReleaseOptions;
import dev.hikkoshi.gitsync.Limits;
import dev.hikkoshi.gitsync.SourceConfig;
import dev.hikkoshi.gitsync.SourceConfig.Rewrites;
import dev.hikkoshi.gitsync.SourceConfig.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From keys to options. */
final class SettingsReader {

  /** It is renewed several times while it lasts, each time by a call that may take a while. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

  private SettingsReader() {}

  /**
   * Checks and converts.
   *
   * @param holder unique among replicas and restarts
   * @throws IllegalArgumentException naming what is wrong
   */
  static Options options(Settings settings, String holder) {
    LeaseOptions lease =
        new LeaseOptions(settings.lease().name(), holder, lasting(settings.lease().duration()));
    return new Options(
        settings.sources().stream().map(source -> source(settings, source)).toList(),
        aws(settings),
        DnsServers.parse(settings.dns().servers().orElse(List.of())),
        settings.metricPeriod(),
        MetricSettings.options(settings.metrics()),
        MetricSettings.webhooks(settings.webhooks()),
        settings.kubeconfig(),
        settings.namespace(),
        settings.installDefinitions(),
        lease,
        settings.pass().interval(),
        RenderOptions.DEFAULT.withWorkers(settings.render().workers()),
        new ReleaseOptions(
            settings.cache(), settings.sops().ageKeyFile(), settings.charts().loginsFile()));
  }

  /** The API server keeps it in whole seconds. */
  private static Duration lasting(Duration lease) {
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.getNano() != 0) {
      throw new IllegalArgumentException(
          "hikkoshi.lease.duration is %s: it has whole seconds, at least %d"
              .formatted(lease, SHORTEST_LEASE.toSeconds()));
    }
    return lease;
  }

  private static AwsSettings aws(Settings settings) {
    return new AwsSettings(
        Optional.empty(),
        settings.aws().profile(),
        settings.aws().region(),
        AwsSettings.READ_LIMIT,
        writeLimit(settings));
  }

  /** A write has to end, and the lease to be renewed, while the lease lasts. */
  private static Duration writeLimit(Settings settings) {
    Duration half = settings.lease().duration().dividedBy(2);
    Duration usual = half.compareTo(AwsSettings.WRITE_LIMIT) < 0 ? half : AwsSettings.WRITE_LIMIT;
    return settings.aws().writeLimit().orElse(usual);
  }

  private static SourceConfig source(Settings settings, SourceSettings source) {
    return new SourceConfig(
        source.name(),
        source.url(),
        source.branch(),
        source.path().orElse(""),
        source.poll(),
        source.credentials(),
        settings.cache().resolve("git"),
        source.followRewrites() ? Rewrites.FOLLOW : Rewrites.REFUSE,
        Limits.DEFAULT,
        Timeouts.DEFAULT);
  }
}

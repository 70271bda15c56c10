package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.eks.EksAdapter;
import dev.hikkoshi.clusters.eks.EksTokens;
import dev.hikkoshi.clusters.eks.StsIdentity;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.Observation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The clusters that releases are compared with. Closing it ends the connections. */
public final class Targets implements AutoCloseable {

  private static final String INSTEAD = "--cluster-context NAME takes a kubeconfig's instead.";

  private final List<LiveCluster> clusters;
  private final List<Runnable> open;

  private Targets(List<LiveCluster> clusters, List<Runnable> open) {
    this.clusters = List.copyOf(clusters);
    this.open = List.copyOf(open);
  }

  /** Contexts of a kubeconfig; none for its current one. Nobody is asked yet. */
  static Targets ofContexts(Optional<Path> kubeconfig, List<String> contexts) {
    List<Optional<String>> named =
        contexts.isEmpty()
            ? List.of(Optional.empty())
            : contexts.stream().map(Optional::of).toList();
    List<LiveCluster> clusters =
        named.stream().map(context -> LiveCluster.open(kubeconfig, context)).toList();
    return new Targets(
        clusters, clusters.stream().<Runnable>map(cluster -> cluster.api()::close).toList());
  }

  /**
   * The clusters that carry the environment's tag, as EKS has them, entered with the credentials of
   * whoever asks.
   *
   * @param names only these; none for all that can be entered
   * @throws CliException when EKS cannot be asked, is another account's, or has no such cluster
   */
  static Targets ofEnvironment(EnvironmentApps.Home home, List<String> names) {
    said(home, home.name(), "metadata.name");
    said(home, home.region(), "spec.region");
    said(home, home.account(), "spec.account");
    AwsClients aws = aws(home);
    KubeClients clients = new KubeClients(new EksTokens(aws, Clock.systemUTC()));
    try {
      List<LiveCluster> clusters =
          chosen(home, names, aws).stream().map(seen -> live(home, seen, clients)).toList();
      return new Targets(clusters, List.of(clients::close, aws::close));
    } catch (RuntimeException e) {
      clients.close();
      aws.close();
      throw e;
    }
  }

  private static void said(EnvironmentApps.Home home, String value, String key) {
    if (value.isEmpty()) {
      throw new CliException(Exit.ERROR, "%s says no %s".formatted(home.file(), key), INSTEAD);
    }
  }

  private static AwsClients aws(EnvironmentApps.Home home) {
    try {
      return AwsClients.of(AwsSettings.standard().in(home.region()));
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, "AWS cannot be asked: " + e.getMessage(), INSTEAD);
    }
  }

  private static List<ClusterSeen> chosen(
      EnvironmentApps.Home home, List<String> names, AwsClients aws) {
    String account = known(new StsIdentity(aws).account());
    if (!account.equals(home.account())) {
      throw new CliException(
          Exit.REFUSED,
          "the credentials are for account %s, %s is in %s"
              .formatted(account, home.name(), home.account()),
          "AWS_PROFILE names other credentials.");
    }
    Set<String> tags = new HashSet<>(Set.of(home.name()));
    home.former().ifPresent(tags::add);
    List<ClusterSeen> all =
        known(new EksAdapter(aws, Clock.systemUTC()).clusters(tags)).stream()
            .filter(Targets::answers)
            .sorted(Comparator.comparing(ClusterSeen::name))
            .toList();
    List<String> there = all.stream().map(ClusterSeen::name).toList();
    for (String name : names) {
      if (!there.contains(name)) {
        throw missing(
            home, "%s has no cluster %s that answers".formatted(home.name(), name), there);
      }
    }
    if (all.isEmpty()) {
      throw missing(home, home.name() + " has no cluster that answers yet", there);
    }
    return all.stream().filter(c -> names.isEmpty() || names.contains(c.name())).toList();
  }

  private static CliException missing(EnvironmentApps.Home home, String what, List<String> there) {
    return new CliException(
        Exit.UNREADABLE,
        what,
        there.isEmpty()
            ? "In %s none carries its tag. %s".formatted(home.region(), INSTEAD)
            : "There are: " + String.join(", ", there) + ".");
  }

  private static <T> T known(Observation<T> seen) {
    return switch (seen) {
      case Observation.Known<T>(T value) -> value;
      case Observation.Unknown<T>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE, "AWS does not say the %s: %s".formatted(what, why), INSTEAD);
    };
  }

  private static boolean answers(ClusterSeen cluster) {
    return switch (cluster.status()) {
      case ACTIVE, UPDATING -> true;
      case CREATING, PENDING, DELETING, FAILED -> false;
    };
  }

  private static LiveCluster live(
      EnvironmentApps.Home home, ClusterSeen seen, KubeClients clients) {
    KubeClients.Connection connection =
        clients
            .connect(seen)
            .orElseThrow(
                () ->
                    new CliException(
                        Exit.UNREADABLE, seen.name() + " has no endpoint at the moment", ""));
    Facts facts =
        new Facts(home.name(), seen.name(), seen.version(), home.region(), home.account());
    return new LiveCluster(
        seen.name(), connection.api(), connection.discovery(), Optional.of(facts));
  }

  /** Each at least one. */
  public List<LiveCluster> clusters() {
    return clusters;
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}

package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.eks.ClusterDescription;
import dev.hikkoshi.clusters.eks.ClusterDescription.Described;
import dev.hikkoshi.clusters.eks.EksTokens;
import dev.hikkoshi.clusters.eks.StsIdentity;
import dev.hikkoshi.clusters.elb.RuleSurvey;
import dev.hikkoshi.clusters.helm.InstalledReleases;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.route53.ZoneSurvey;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Asks AWS and the cluster with the credentials of whoever runs the command. It writes nothing. */
public final class Surveyor implements AutoCloseable {

  private final AwsClients aws;
  private final KubeClients clients;
  private final List<Optional<String>> roles;

  private Surveyor(AwsClients aws, List<String> roles) {
    this.aws = aws;
    this.clients = new KubeClients(new EksTokens(aws, Clock.systemUTC()));
    List<Optional<String>> all = new ArrayList<>(List.of(Optional.empty()));
    roles.stream().distinct().map(Optional::of).forEach(all::add);
    this.roles = List.copyOf(all);
  }

  /**
   * Nobody is asked yet.
   *
   * @param region where the cluster is; what is configured for every AWS tool when empty
   * @param roles that zones and load balancers of other accounts are read with
   * @throws CliException when the AWS configuration of this machine is no good
   */
  public static Surveyor open(Optional<String> region, List<String> roles) {
    AwsSettings settings = AwsSettings.standard();
    try {
      return new Surveyor(AwsClients.of(region.map(settings::in).orElse(settings)), roles);
    } catch (IllegalArgumentException | SdkClientException e) {
      throw new CliException(
          Exit.USAGE, "AWS cannot be asked: " + e.getMessage(), "--region REGION");
    }
  }

  /** The region that is asked. */
  public String region() {
    return aws.region();
  }

  /**
   * One look.
   *
   * @throws CliException when the cluster or the account cannot be seen: then there is nothing to
   *     say
   */
  public Survey look(String cluster) {
    String account = known(new StsIdentity(aws).account());
    Described described =
        known(new ClusterDescription(aws, Clock.systemUTC()).of(cluster))
            .orElseThrow(
                () ->
                    new CliException(
                        Exit.ERROR,
                        "there is no cluster %s in account %s, %s"
                            .formatted(cluster, account, aws.region()),
                        "aws eks list-clusters; --region REGION"));
    return new Survey(
        described,
        account,
        entrances(described.seen()),
        roles.stream().map(role -> new ZoneSurvey(aws).zones(role)).toList(),
        roles.stream().map(role -> new RuleSurvey(aws).all(role)).toList());
  }

  private static <T> T known(Observation<T> observation) {
    return switch (observation) {
      case Known<T>(T value) -> value;
      case Unknown<T>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE,
              what + " cannot be read: " + why,
              "aws sts get-caller-identity shows whether AWS knows you; AWS_PROFILE chooses.");
    };
  }

  private Observation<Entrances> entrances(ClusterSeen cluster) {
    return inside(cluster, connection -> Entrances.of(connection.api(), connection.discovery()));
  }

  /**
   * The releases in the cluster held against those that the helmfile wants there.
   *
   * @param wanted what the helmfile says for this cluster; empty without a helmfile
   */
  public Observation<List<ReleaseMatch>> releases(
      ClusterSeen cluster, Optional<Wanted> wanted, Worker worker) {
    return inside(
        cluster,
        connection -> {
          InstalledReleases installed =
              new InstalledReleases(
                  connection.api(), connection.discovery(), worker.renderer(), worker.pool());
          return ReleaseMatch.all(
              wanted,
              installed.all(),
              wanted.map(w -> installed.compare(w, version(connection))).orElse(List.of()));
        });
  }

  private static String version(Connection connection) {
    return connection
        .api()
        .get("/version")
        .map(version -> version.path("gitVersion").asText())
        .orElse("");
  }

  private interface Question<T> {
    T ask(Connection connection);
  }

  private <T> Observation<T> inside(ClusterSeen cluster, Question<T> question) {
    String what = "the inside of " + cluster.name();
    try {
      return clients
          .connect(cluster)
          .<Observation<T>>map(connection -> Observation.known(question.ask(connection)))
          .orElseGet(() -> Observation.unknown(what, "EKS gives no endpoint yet"));
    } catch (KubeException e) {
      return Observation.unknown(what, String.valueOf(e.getMessage()));
    } catch (RenderException e) {
      return Observation.unknown(
          "releases of " + cluster.name(), "nothing can be rendered: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    clients.close();
    aws.close();
  }
}

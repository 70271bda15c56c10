package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Takes our tags off a cluster. The cluster's own go last: while it has them, the next look finds
 * it, and whatever was interrupted before is begun again.
 */
final class EksTags {

  private static final List<String> OURS =
      List.of(EksGateway.ENVIRONMENT_TAG, EksGateway.NUMBER_TAG);

  private final AwsClients aws;
  private final EksFence fence;

  EksTags(AwsClients aws, EksFence fence) {
    this.aws = aws;
    this.fence = fence;
  }

  Outcome takeOff(ClusterSeen cluster) {
    return fence.onOurs(
        cluster,
        now -> {
          switch (nodegroups(cluster.name())) {
            case Unknown<List<String>>(String what, String why) -> {
              return new Outcome.Throttled("nothing was written, %s: %s".formatted(what, why));
            }
            case Known<List<String>>(List<String> groups) ->
                groups.forEach(
                    name ->
                        nodegroup(cluster.name(), name)
                            .filter(EksTags::tagged)
                            .ifPresent(this::untag));
          }
          return EksFence.done(
              aws.eksWrites().untagResource(b -> b.resourceArn(now.cluster().arn()).tagKeys(OURS)));
        });
  }

  private Observation<List<String>> nodegroups(String cluster) {
    return Pages.all(
        "node groups of " + cluster,
        marker -> {
          var page =
              aws.eks()
                  .listNodegroups(
                      b -> b.clusterName(cluster).maxResults(Pages.SIZE).nextToken(marker));
          return new Pages.Page<>(page.nodegroups(), page.nextToken());
        });
  }

  /** One that goes meanwhile takes its tags along. */
  private Optional<Nodegroup> nodegroup(String cluster, String name) {
    try {
      return Optional.of(
          aws.eks().describeNodegroup(b -> b.clusterName(cluster).nodegroupName(name)).nodegroup());
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  private static boolean tagged(Nodegroup group) {
    return OURS.stream().anyMatch(group.tags()::containsKey);
  }

  private void untag(Nodegroup group) {
    aws.eksWrites().untagResource(b -> b.resourceArn(group.nodegroupArn()).tagKeys(OURS));
  }
}

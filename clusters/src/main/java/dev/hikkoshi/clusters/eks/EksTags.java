package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eks.model.TagResourceResponse;
import software.amazon.awssdk.services.eks.model.UntagResourceResponse;

/**
 * Our tags on a cluster that somebody else built, and off one that is handed over. Both ways the
 * cluster's own come last: so whatever is interrupted is seen as not done, and begun again. Its
 * node groups carry them too, because the policy of {@code act} lets nobody scale or delete what
 * does not.
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

  Outcome putOn(ClusterSeen cluster, Map<String, String> tags) {
    return fence.on(
        cluster,
        now -> {
          String owner = now.cluster().tags().get(EksGateway.ENVIRONMENT_TAG);
          if (owner != null && !owner.equals(tags.get(EksGateway.ENVIRONMENT_TAG))) {
            return new Outcome.Refused(
                "NotOurs", "%s belongs to the environment %s".formatted(cluster.name(), owner));
          }
          return onNodesFirst(cluster, group -> tag(group.nodegroupArn(), tags))
              .orElseGet(() -> EksFence.done(tag(now.cluster().arn(), tags)));
        });
  }

  Outcome takeOff(ClusterSeen cluster) {
    return fence.onOurs(
        cluster,
        now ->
            onNodesFirst(
                    cluster,
                    group -> {
                      if (tagged(group)) {
                        untag(group.nodegroupArn());
                      }
                    })
                .orElseGet(() -> EksFence.done(untag(now.cluster().arn()))));
  }

  /** What is done instead where the node groups cannot be listed; empty when all had their turn. */
  private Optional<Outcome> onNodesFirst(ClusterSeen cluster, Consumer<Nodegroup> turn) {
    return switch (nodegroups(cluster.name())) {
      case Unknown<List<String>>(String what, String why) ->
          Optional.of(new Outcome.Throttled("nothing was written, %s: %s".formatted(what, why)));
      case Known<List<String>>(List<String> groups) -> {
        groups.forEach(name -> nodegroup(cluster.name(), name).ifPresent(turn));
        yield Optional.empty();
      }
    };
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

  private TagResourceResponse tag(String arn, Map<String, String> tags) {
    return aws.eksWrites().tagResource(b -> b.resourceArn(arn).tags(tags));
  }

  private UntagResourceResponse untag(String arn) {
    return aws.eksWrites().untagResource(b -> b.resourceArn(arn).tagKeys(OURS));
  }
}

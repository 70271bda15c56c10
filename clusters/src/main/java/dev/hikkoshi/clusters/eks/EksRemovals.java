package dev.hikkoshi.clusters.eks;

import static dev.hikkoshi.clusters.eks.EksFence.done;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.port.Outcome;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Takes parts of a cluster away. What is not there any more is done. */
final class EksRemovals {

  /** {@code arn:aws:sts::…:assumed-role/hikkoshi/session} is the role {@code hikkoshi}. */
  private static final Pattern SESSION =
      Pattern.compile("arn:([^:]+):sts::([0-9]+):assumed-role/([^/]+)/.*");

  private final AwsClients aws;
  private final EksFence fence;

  EksRemovals(AwsClients aws, EksFence fence) {
    this.aws = aws;
    this.fence = fence;
  }

  Outcome nodegroup(ClusterSeen cluster, String nodegroup) {
    return gone(
        cluster,
        () ->
            aws.eksWrites()
                .deleteNodegroup(b -> b.clusterName(cluster.name()).nodegroupName(nodegroup)));
  }

  /** Preserved: an add-on may be what the network of every pod hangs on. */
  Outcome addon(ClusterSeen cluster, String addon) {
    return gone(
        cluster,
        () ->
            aws.eksWrites()
                .deleteAddon(b -> b.clusterName(cluster.name()).addonName(addon).preserve(true)));
  }

  Outcome entry(ClusterSeen cluster, String principal) {
    return fence.onOurs(
        cluster,
        _ -> {
          String caller = aws.sts().getCallerIdentity().arn();
          if (isCaller(caller, principal)) {
            return new Outcome.Refused(
                "OwnEntry", principal + " is who Hikkoshi is: it would lock itself out");
          }
          return deleted(
              () ->
                  aws.eksWrites()
                      .deleteAccessEntry(
                          b -> b.clusterName(cluster.name()).principalArn(principal)));
        });
  }

  /** A role's path is in its own ARN and not in that of its sessions: the names are compared. */
  static boolean isCaller(String caller, String principal) {
    Matcher session = SESSION.matcher(caller);
    if (!session.matches()) {
      return caller.equals(principal);
    }
    return principal.startsWith(
            "arn:%s:iam::%s:role/".formatted(session.group(1), session.group(2)))
        && principal.endsWith("/" + session.group(3));
  }

  Outcome policy(ClusterSeen cluster, String principal, String policy) {
    return gone(
        cluster,
        () ->
            aws.eksWrites()
                .disassociateAccessPolicy(
                    b -> b.clusterName(cluster.name()).principalArn(principal).policyArn(policy)));
  }

  Outcome podIdentity(ClusterSeen cluster, String id) {
    return gone(
        cluster,
        () ->
            aws.eksWrites()
                .deletePodIdentityAssociation(
                    b -> b.clusterName(cluster.name()).associationId(id)));
  }

  private Outcome gone(ClusterSeen cluster, Supplier<? extends AwsResponse> delete) {
    return fence.onOurs(cluster, _ -> deleted(delete));
  }

  private static Outcome deleted(Supplier<? extends AwsResponse> delete) {
    try {
      return done(delete.get());
    } catch (ResourceNotFoundException e) {
      return Outcome.done(e.requestId());
    }
  }
}

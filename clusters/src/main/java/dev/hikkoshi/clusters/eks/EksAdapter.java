package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AddonStatus;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryResponse;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupResponse;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * EKS through the AWS SDK.
 *
 * <p>Every write to something that exists first reads the cluster and compares ARN and creation
 * time, because names can be used again; what destroys also wants our tag unchanged. Every write is
 * one request: a lost answer is {@link Outcome.Unclear}, and what EKS then has is seen by the next
 * look. "Exists already" is an answer to read, not an error: what is there is compared with what is
 * wanted.
 */
public final class EksAdapter implements EksGateway {

  private final AwsClients aws;
  private final EksLooks looks;

  public EksAdapter(AwsClients aws) {
    this.aws = aws;
    this.looks = new EksLooks(aws);
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return looks.tagged(ENVIRONMENT_TAG, environments);
  }

  @Override
  public Observation<Optional<ClusterSeen>> cluster(String name) {
    return looks.named(name);
  }

  @Override
  public Observation<List<VersionSeen>> versions() {
    return looks.versions();
  }

  @Override
  public Outcome createCluster(ClusterSpec spec) {
    return AwsFailures.write(
        () -> {
          try {
            var created = writes().createCluster(EksRequests.cluster(spec));
            return Outcome.done(id(created), "arn", created.cluster().arn());
          } catch (ResourceInUseException | InvalidParameterException e) {
            // The name is taken, or our token was used with other parameters: whose is it?
            return adopt(spec).orElseGet(() -> AwsFailures.outcome(e));
          }
        });
  }

  /** The cluster of that name if an earlier attempt made it; refused if it is somebody else's. */
  private Optional<Outcome> adopt(ClusterSpec spec) {
    return looks
        .describe(spec.name())
        .map(
            answer ->
                ours(answer.cluster(), spec)
                    ? Outcome.done(id(answer), "arn", answer.cluster().arn())
                    : new Outcome.Refused(
                        "ResourceInUseException",
                        "a cluster %s exists that is not number %s of environment %s; nothing of it"
                                .formatted(
                                    spec.name(),
                                    spec.tags().get(NUMBER_TAG),
                                    spec.tags().get(ENVIRONMENT_TAG))
                            + " is touched"));
  }

  private static boolean ours(Cluster cluster, ClusterSpec spec) {
    return spec.tags().containsKey(ENVIRONMENT_TAG)
        && sameTag(cluster, spec, ENVIRONMENT_TAG)
        && sameTag(cluster, spec, NUMBER_TAG);
  }

  private static boolean sameTag(Cluster cluster, ClusterSpec spec, String tag) {
    return Objects.equals(cluster.tags().get(tag), spec.tags().get(tag));
  }

  @Override
  public Outcome createNodegroup(ClusterSeen cluster, NodegroupSpec spec) {
    return on(
        cluster,
        _ -> {
          try {
            return done(writes().createNodegroup(EksRequests.nodegroup(cluster.name(), spec)));
          } catch (ResourceInUseException e) {
            var there = nodegroup(cluster, spec.name());
            return there.nodegroup().status() == NodegroupStatus.DELETING
                ? AwsFailures.outcome(e)
                : done(there);
          }
        });
  }

  private DescribeNodegroupResponse nodegroup(ClusterSeen cluster, String name) {
    return aws.eks().describeNodegroup(b -> b.clusterName(cluster.name()).nodegroupName(name));
  }

  @Override
  public Outcome scaleNodegroup(
      ClusterSeen cluster, String nodegroup, int min, int max, int desired) {
    return on(
        cluster,
        _ ->
            done(
                writes()
                    .updateNodegroupConfig(
                        b ->
                            b.clusterName(cluster.name())
                                .nodegroupName(nodegroup)
                                .scalingConfig(
                                    s -> s.minSize(min).maxSize(max).desiredSize(desired)))));
  }

  @Override
  public Outcome createAddon(ClusterSeen cluster, AddonSpec spec) {
    return on(
        cluster,
        _ -> {
          try {
            return done(writes().createAddon(EksRequests.addon(cluster.name(), spec)));
          } catch (ResourceInUseException e) {
            var there =
                aws.eks().describeAddon(b -> b.clusterName(cluster.name()).addonName(spec.name()));
            AddonStatus status = there.addon().status();
            return status == AddonStatus.DELETING || status == AddonStatus.CREATE_FAILED
                ? AwsFailures.outcome(e)
                : done(there);
          }
        });
  }

  @Override
  public Outcome createAccessEntry(ClusterSeen cluster, AccessEntrySpec spec) {
    return on(
        cluster,
        _ -> {
          Optional<Outcome> refused = entry(cluster, spec);
          return refused.orElseGet(() -> associate(cluster, spec));
        });
  }

  /** Creates the entry; empty when it is there as wanted. */
  private Optional<Outcome> entry(ClusterSeen cluster, AccessEntrySpec spec) {
    try {
      CreateAccessEntryResponse created =
          writes().createAccessEntry(EksRequests.accessEntry(cluster.name(), spec));
      return differs(created.accessEntry(), spec);
    } catch (ResourceInUseException _) {
      return differs(
          aws.eks()
              .describeAccessEntry(
                  b -> b.clusterName(cluster.name()).principalArn(spec.principalArn()))
              .accessEntry(),
          spec);
    }
  }

  private static Optional<Outcome> differs(AccessEntry there, AccessEntrySpec spec) {
    Set<String> groups = new HashSet<>(there.kubernetesGroups());
    return groups.equals(new HashSet<>(spec.groups()))
        ? Optional.empty()
        : Optional.of(
            new Outcome.Refused(
                "ResourceInUseException",
                "access entry %s exists with the groups %s, wanted are %s: correct one of them"
                    .formatted(spec.principalArn(), there.kubernetesGroups(), spec.groups())));
  }

  /** Associating again is harmless: EKS answers the association that is there. */
  private Outcome associate(ClusterSeen cluster, AccessEntrySpec spec) {
    String requestId = "";
    for (String policy : spec.policyArns()) {
      requestId =
          id(
              writes()
                  .associateAccessPolicy(
                      EksRequests.policy(cluster.name(), spec.principalArn(), policy)));
    }
    return Outcome.done(requestId);
  }

  @Override
  public Outcome deleteNodegroup(ClusterSeen cluster, String nodegroup) {
    return onOurs(
        cluster,
        _ -> {
          try {
            return done(
                writes()
                    .deleteNodegroup(b -> b.clusterName(cluster.name()).nodegroupName(nodegroup)));
          } catch (ResourceNotFoundException e) {
            return Outcome.done(e.requestId());
          }
        });
  }

  @Override
  public Outcome unprotect(ClusterSeen cluster) {
    return onOurs(
        cluster,
        now ->
            Boolean.TRUE.equals(now.cluster().deletionProtection())
                ? done(
                    writes()
                        .updateClusterConfig(b -> b.name(cluster.name()).deletionProtection(false)))
                : done(now));
  }

  @Override
  public Outcome deleteCluster(ClusterSeen cluster) {
    return onOurs(
        cluster,
        now ->
            now.cluster().status() == ClusterStatus.DELETING
                ? done(now)
                : done(writes().deleteCluster(b -> b.name(cluster.name()))));
  }

  /** Writes only to exactly the cluster that was seen. */
  private Outcome on(ClusterSeen seen, Function<DescribeClusterResponse, Outcome> write) {
    return AwsFailures.write(
        () -> {
          Optional<DescribeClusterResponse> now = looks.describe(seen.name());
          if (now.isEmpty()) {
            return new Outcome.Changed("there is no cluster " + seen.name() + " any more");
          }
          if (!EksViews.identity(now.get().cluster()).equals(seen.identity())) {
            return new Outcome.Changed(
                "%s is another cluster by now: seen %s, there is %s"
                    .formatted(
                        seen.name(), seen.identity(), EksViews.identity(now.get().cluster())));
          }
          return write.apply(now.get());
        });
  }

  /** The same for what destroys: the tag that makes it ours must be there, and unchanged. */
  private Outcome onOurs(ClusterSeen seen, Function<DescribeClusterResponse, Outcome> write) {
    String environment = seen.tags().get(ENVIRONMENT_TAG);
    if (environment == null) {
      return new Outcome.Refused("NotOurs", seen.name() + " does not carry " + ENVIRONMENT_TAG);
    }
    return on(
        seen,
        now ->
            environment.equals(now.cluster().tags().get(ENVIRONMENT_TAG))
                ? write.apply(now)
                : new Outcome.Changed(
                    "the tag %s of %s is not %s any more"
                        .formatted(ENVIRONMENT_TAG, seen.name(), environment)));
  }

  private EksClient writes() {
    return aws.eksWrites();
  }

  private static Outcome done(AwsResponse answer) {
    return Outcome.done(id(answer));
  }

  private static String id(AwsResponse answer) {
    return answer.responseMetadata().requestId();
  }
}

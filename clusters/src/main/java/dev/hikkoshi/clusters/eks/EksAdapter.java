package dev.hikkoshi.clusters.eks;

import static dev.hikkoshi.clusters.eks.EksFence.done;
import static dev.hikkoshi.clusters.eks.EksFence.id;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AddonStatus;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryResponse;
import software.amazon.awssdk.services.eks.model.DescribeNodegroupResponse;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;

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
  private final Strangers strangers;
  private final EksLooks looks;
  private final EksFence fence;
  private final EksRemovals removals;
  private final EksPodIdentities podIdentities;
  private final EksTags tags;

  /** An adapter that asks nothing yet; the clock says how old a memory is. */
  public EksAdapter(AwsClients aws, InstantSource clock) {
    this.aws = aws;
    this.strangers = new Strangers(clock);
    this.looks = new EksLooks(aws, strangers);
    this.fence = new EksFence(looks);
    this.removals = new EksRemovals(aws, fence);
    this.podIdentities = new EksPodIdentities(aws, fence);
    this.tags = new EksTags(aws, fence);
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
    strangers.forget(spec.name());
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
  public Outcome tagCluster(ClusterSeen cluster, Map<String, String> tags) {
    strangers.forget(cluster.name());
    return this.tags.putOn(cluster, tags);
  }

  @Override
  public Outcome createNodegroup(ClusterSeen cluster, NodegroupSpec spec) {
    return fence.on(
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
    return fence.on(
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
    return fence.on(
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
    return fence.on(
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
    return removals.nodegroup(cluster, nodegroup);
  }

  @Override
  public Outcome deleteAddon(ClusterSeen cluster, String addon) {
    return removals.addon(cluster, addon);
  }

  @Override
  public Outcome deleteAccessEntry(ClusterSeen cluster, String principalArn) {
    return removals.entry(cluster, principalArn);
  }

  @Override
  public Outcome disassociatePolicy(ClusterSeen cluster, String principalArn, String policyArn) {
    return removals.policy(cluster, principalArn, policyArn);
  }

  @Override
  public Outcome createPodIdentity(ClusterSeen cluster, PodIdentitySpec spec) {
    return podIdentities.create(cluster, spec);
  }

  @Override
  public Outcome changePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String roleArn) {
    return podIdentities.change(cluster, seen, roleArn);
  }

  @Override
  public Outcome deletePodIdentity(ClusterSeen cluster, PodIdentitySeen seen) {
    return removals.podIdentity(cluster, seen.id());
  }

  @Override
  public Outcome untagCluster(ClusterSeen cluster) {
    return tags.takeOff(cluster);
  }

  @Override
  public Outcome unprotect(ClusterSeen cluster) {
    return fence.onOurs(
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
    return fence.onOurs(
        cluster,
        now ->
            now.cluster().status() == ClusterStatus.DELETING
                ? done(now)
                : done(writes().deleteCluster(b -> b.name(cluster.name()))));
  }

  private EksClient writes() {
    return aws.eksWrites();
  }
}

package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.clusters.eks.Pages.Page;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Looks at clusters. ListClusters tells names only, so a cluster is described to learn whose it is;
 * looks at different things run side by side.
 */
final class EksLooks {

  /** Calls at once: AWS publishes no rate for EKS, and a burst of a hundred would be throttled. */
  private static final int AT_ONCE = 8;

  private static final Executor THREADS = Thread::startVirtualThread;

  private final AwsClients aws;
  private final Strangers strangers;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  EksLooks(AwsClients aws, Strangers strangers) {
    this.aws = aws;
    this.strangers = strangers;
  }

  private EksClient eks() {
    return aws.eks();
  }

  /**
   * Clusters whose tag has one of these values, by name. One that cannot be described makes all
   * unknown.
   */
  Observation<List<ClusterSeen>> tagged(String tag, Set<String> values) {
    return AwsFailures.look("clusters", this::names)
        .flatMap(
            names ->
                each(
                    names.stream().filter(name -> !strangers.other(name, values)).toList(),
                    name -> look(name, c -> ours(c, tag, values))))
        .map(
            found ->
                found.stream()
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(ClusterSeen::name))
                    .toList());
  }

  private boolean ours(Cluster cluster, String tag, Set<String> values) {
    @Nullable String owner = cluster.tags().get(tag);
    strangers.met(cluster.name(), Optional.ofNullable(owner));
    return owner != null && values.contains(owner);
  }

  Observation<Optional<ClusterSeen>> named(String name) {
    return look(name, _ -> true);
  }

  /** The cluster with what hangs on it; empty when there is none or it is not of interest. */
  private Observation<Optional<ClusterSeen>> look(String name, Predicate<Cluster> wanted) {
    return AwsFailures.look(
        "cluster " + name,
        () -> {
          Optional<Cluster> there =
              describe(name).map(DescribeClusterResponse::cluster).filter(wanted);
          return Observation.known(there.map(this::withParts));
        });
  }

  /** DescribeCluster; empty when there is no such cluster. */
  Optional<DescribeClusterResponse> describe(String name) {
    try {
      return Optional.of(slot(() -> eks().describeCluster(b -> b.name(name))));
    } catch (ResourceNotFoundException _) {
      strangers.forget(name);
      return Optional.empty();
    }
  }

  private ClusterSeen withParts(Cluster cluster) {
    String name = cluster.name();
    var groups = async(() -> nodegroups(name));
    var addons = async(() -> addons(name));
    var entries = async(() -> entries(name));
    var identities = async(() -> podIdentities(name));
    return EksViews.cluster(
        cluster, groups.join(), addons.join(), entries.join(), identities.join());
  }

  private Observation<List<String>> names() {
    return Pages.all(
        "clusters",
        marker -> {
          var page = eks().listClusters(b -> b.maxResults(Pages.SIZE).nextToken(marker));
          return new Page<>(page.clusters(), page.nextToken());
        });
  }

  Observation<List<VersionSeen>> versions() {
    return AwsFailures.look(
        "versions",
        () ->
            Pages.all(
                "versions",
                marker -> {
                  var page =
                      eks()
                          .describeClusterVersions(b -> b.maxResults(Pages.SIZE).nextToken(marker));
                  return new Page<>(
                      page.clusterVersions().stream().map(EksViews::version).toList(),
                      page.nextToken());
                }));
  }

  private Observation<List<NodegroupSeen>> nodegroups(String cluster) {
    String what = "node groups of " + cluster;
    return parts(
        what,
        marker -> {
          var page =
              eks()
                  .listNodegroups(
                      b -> b.clusterName(cluster).maxResults(Pages.SIZE).nextToken(marker));
          return new Page<>(page.nodegroups(), page.nextToken());
        },
        group ->
            Observation.known(
                EksViews.nodegroup(
                    eks()
                        .describeNodegroup(b -> b.clusterName(cluster).nodegroupName(group))
                        .nodegroup())));
  }

  private Observation<List<AddonSeen>> addons(String cluster) {
    return parts(
        "add-ons of " + cluster,
        marker -> {
          var page =
              eks()
                  .listAddons(b -> b.clusterName(cluster).maxResults(Pages.SIZE).nextToken(marker));
          return new Page<>(page.addons(), page.nextToken());
        },
        addon ->
            Observation.known(
                EksViews.addon(
                    eks().describeAddon(b -> b.clusterName(cluster).addonName(addon)).addon())));
  }

  private Observation<List<AccessEntrySeen>> entries(String cluster) {
    return parts(
        "access entries of " + cluster,
        marker -> {
          var page =
              eks()
                  .listAccessEntries(
                      b -> b.clusterName(cluster).maxResults(Pages.SIZE).nextToken(marker));
          return new Page<>(page.accessEntries(), page.nextToken());
        },
        principal -> entry(cluster, principal));
  }

  private Observation<AccessEntrySeen> entry(String cluster, String principal) {
    List<String> groups =
        eks()
            .describeAccessEntry(b -> b.clusterName(cluster).principalArn(principal))
            .accessEntry()
            .kubernetesGroups();
    Observation<List<String>> policies =
        Pages.all(
            "policies of " + principal,
            marker -> {
              var page =
                  eks()
                      .listAssociatedAccessPolicies(
                          b ->
                              b.clusterName(cluster)
                                  .principalArn(principal)
                                  .maxResults(Pages.SIZE)
                                  .nextToken(marker));
              return new Page<>(
                  page.associatedAccessPolicies().stream()
                      .map(AssociatedAccessPolicy::policyArn)
                      .toList(),
                  page.nextToken());
            });
    return policies.map(arns -> new AccessEntrySeen(principal, groups, arns));
  }

  /** The list has no roles, so each is described (PodIdentityAssociationSummary). */
  private Observation<List<PodIdentitySeen>> podIdentities(String cluster) {
    return parts(
        "Pod Identity associations of " + cluster,
        marker -> {
          var page =
              eks()
                  .listPodIdentityAssociations(
                      b -> b.clusterName(cluster).maxResults(Pages.SIZE).nextToken(marker));
          return new Page<>(
              page.associations().stream()
                  .map(PodIdentityAssociationSummary::associationId)
                  .toList(),
              page.nextToken());
        },
        id ->
            Observation.known(
                EksViews.podIdentity(
                    eks()
                        .describePodIdentityAssociation(
                            b -> b.clusterName(cluster).associationId(id))
                        .association())));
  }

  /** Lists names and describes each; one that went away meanwhile is left out. */
  private <T> Observation<List<T>> parts(
      String what,
      Function<@Nullable String, Page<String>> list,
      Function<String, Observation<T>> describe) {
    return AwsFailures.look(what, () -> Pages.all(what, list))
        .flatMap(
            names ->
                each(
                    names.stream().sorted().toList(),
                    name -> AwsFailures.look(what, () -> found(name, describe))))
        .map(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private <T> Observation<Optional<T>> found(
      String name, Function<String, Observation<T>> describe) {
    try {
      return slot(() -> describe.apply(name)).map(Optional::of);
    } catch (ResourceNotFoundException _) {
      return Observation.known(Optional.empty());
    }
  }

  private <T> Observation<List<T>> each(List<String> names, Function<String, Observation<T>> look) {
    List<CompletableFuture<Observation<T>>> futures =
        names.stream().map(name -> async(() -> look.apply(name))).toList();
    return whole(futures.stream().map(CompletableFuture::join).toList());
  }

  /** All values, or the first gap. */
  private static <T> Observation<List<T>> whole(List<Observation<T>> all) {
    List<T> values = new ArrayList<>();
    for (Observation<T> one : all) {
      switch (one) {
        case Known<T>(T value) -> values.add(value);
        case Unknown<T> gap -> {
          return gap.retyped();
        }
      }
    }
    return Observation.known(List.copyOf(values));
  }

  private static <T> CompletableFuture<T> async(Supplier<T> look) {
    return CompletableFuture.supplyAsync(look, THREADS);
  }

  /** Only around single calls: what waits for others must hold no slot. */
  private <T> T slot(Supplier<T> call) {
    slots.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      slots.release();
    }
  }
}

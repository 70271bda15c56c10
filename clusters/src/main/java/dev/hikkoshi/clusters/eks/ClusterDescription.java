package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.clusters.eks.Pages.Page;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/**
 * A cluster that is there, in the words of a cluster file: everything that EKS says of it, also
 * what the reader of cluster files does not take (that one refuses it, and so tells it). Only
 * reads, with eks:Describe… and eks:List….
 */
public final class ClusterDescription {

  private final AwsClients aws;
  private final EksLooks looks;

  /** Asks nothing yet. */
  public ClusterDescription(AwsClients aws, InstantSource clock) {
    this.aws = aws;
    this.looks = new EksLooks(aws, new Strangers(clock));
  }

  /**
   * A cluster in a file's words.
   *
   * @param seen as the controller sees it
   * @param file a ClusterConfig of eksctl.io/v1alpha5 as plain values, in reading order
   * @param unsaid what such a file has no words for, a sentence each
   */
  public record Described(ClusterSeen seen, Map<String, Object> file, List<String> unsaid) {

    public Described {
      unsaid = List.copyOf(unsaid);
    }
  }

  /** Describes it; empty when there is no cluster of that name. */
  public Observation<Optional<Described>> of(String name) {
    return switch (looks.named(name)) {
      case Unknown<Optional<ClusterSeen>> unknown -> unknown.retyped();
      case Known<Optional<ClusterSeen>>(Optional<ClusterSeen> seen) ->
          seen.map(there -> described(there).map(Optional::of))
              .orElseGet(() -> Observation.known(Optional.empty()));
    };
  }

  private Observation<Described> described(ClusterSeen seen) {
    String name = seen.name();
    return AwsFailures.look(
        "cluster " + name,
        () -> {
          Cluster cluster = eks().describeCluster(r -> r.name(name)).cluster();
          List<String> unsaid = new ArrayList<>();
          Entries entries = new Entries(unsaid);
          return nodegroups(name)
              .flatMap(
                  groups ->
                      addons(name)
                          .flatMap(
                              addons ->
                                  entries(cluster, groups, entries)
                                      .map(
                                          access -> {
                                            ClusterWords words = new ClusterWords(cluster, unsaid);
                                            Map<String, Object> file =
                                                words.file(groups, addons, access);
                                            around(name, file, unsaid);
                                            return new Described(seen, file, unsaid);
                                          })));
        });
  }

  private EksClient eks() {
    return aws.eks();
  }

  private Observation<List<Nodegroup>> nodegroups(String cluster) {
    return Pages.all(
            "node groups of " + cluster,
            marker -> {
              var page = eks().listNodegroups(r -> r.clusterName(cluster).nextToken(marker));
              return new Page<>(page.nodegroups(), page.nextToken());
            })
        .map(
            names ->
                names.stream()
                    .sorted()
                    .map(
                        group ->
                            eks()
                                .describeNodegroup(r -> r.clusterName(cluster).nodegroupName(group))
                                .nodegroup())
                    .toList());
  }

  private Observation<List<Addon>> addons(String cluster) {
    return Pages.all(
            "add-ons of " + cluster,
            marker -> {
              var page = eks().listAddons(r -> r.clusterName(cluster).nextToken(marker));
              return new Page<>(page.addons(), page.nextToken());
            })
        .map(
            names ->
                names.stream()
                    .sorted()
                    .map(
                        addon ->
                            eks()
                                .describeAddon(r -> r.clusterName(cluster).addonName(addon))
                                .addon())
                    .toList());
  }

  /** Who may enter; a cluster that asks its ConfigMap alone has no entries to list. */
  private Observation<List<Map<String, Object>>> entries(
      Cluster cluster, List<Nodegroup> groups, Entries words) {
    boolean none =
        cluster.accessConfig() != null
            && cluster.accessConfig().authenticationMode() == AuthenticationMode.CONFIG_MAP;
    if (none) {
      return Observation.known(List.of());
    }
    String name = cluster.name();
    List<String> nodeRoles = groups.stream().map(Nodegroup::nodeRole).toList();
    return Pages.all(
            "access entries of " + name,
            marker -> {
              var page = eks().listAccessEntries(r -> r.clusterName(name).nextToken(marker));
              return new Page<>(page.accessEntries(), page.nextToken());
            })
        .flatMap(
            principals -> {
              List<Map<String, Object>> all = new ArrayList<>();
              for (String principal : principals.stream().sorted().toList()) {
                switch (policies(name, principal)) {
                  case Unknown<List<AssociatedAccessPolicy>> unknown -> {
                    return unknown.retyped();
                  }
                  case Known<List<AssociatedAccessPolicy>>(var policies) -> {
                    var entry =
                        eks()
                            .describeAccessEntry(r -> r.clusterName(name).principalArn(principal))
                            .accessEntry();
                    words.of(entry, policies, nodeRoles).ifPresent(all::add);
                  }
                }
              }
              return Observation.known(all);
            });
  }

  private Observation<List<AssociatedAccessPolicy>> policies(String cluster, String principal) {
    return Pages.all(
        "policies of " + principal,
        marker -> {
          var page =
              eks()
                  .listAssociatedAccessPolicies(
                      r -> r.clusterName(cluster).principalArn(principal).nextToken(marker));
          return new Page<>(page.associatedAccessPolicies(), page.nextToken());
        });
  }

  /** What hangs on the cluster beside what the controller looks at. */
  private void around(String cluster, Map<String, Object> file, List<String> unsaid) {
    List<String> profiles =
        told(
            "Fargate profiles",
            unsaid,
            marker -> {
              var page = eks().listFargateProfiles(r -> r.clusterName(cluster).nextToken(marker));
              return new Page<>(page.fargateProfileNames(), page.nextToken());
            });
    if (!profiles.isEmpty()) {
      file.put("fargateProfiles", profiles.stream().map(p -> Map.of("name", p)).toList());
    }
    List<PodIdentityAssociationSummary> associations =
        told(
            "Pod Identity associations",
            unsaid,
            marker -> {
              var page =
                  eks().listPodIdentityAssociations(r -> r.clusterName(cluster).nextToken(marker));
              return new Page<>(page.associations(), page.nextToken());
            });
    Identities words = new Identities(unsaid);
    List<Map<String, Object>> said =
        associations.stream()
            .sorted(
                Comparator.comparing(PodIdentityAssociationSummary::namespace)
                    .thenComparing(PodIdentityAssociationSummary::serviceAccount))
            .flatMap(a -> association(cluster, a, unsaid).stream())
            .map(words::of)
            .toList();
    if (!said.isEmpty()) {
      ClusterWords.associations(file, said);
    }
  }

  private Optional<PodIdentityAssociation> association(
      String cluster, PodIdentityAssociationSummary summary, List<String> unsaid) {
    String what = "the role of %s/%s".formatted(summary.namespace(), summary.serviceAccount());
    Observation<PodIdentityAssociation> seen =
        AwsFailures.look(
            what,
            () ->
                Observation.known(
                    eks()
                        .describePodIdentityAssociation(
                            r -> r.clusterName(cluster).associationId(summary.associationId()))
                        .association()));
    if (seen instanceof Unknown<PodIdentityAssociation> unknown) {
      unsaid.add(what + " could not be read: " + unknown.why());
    }
    return seen.known();
  }

  private static <T> List<T> told(
      String what, List<String> unsaid, Function<@Nullable String, Page<T>> page) {
    return switch (AwsFailures.look(what, () -> Pages.all(what, page))) {
      case Known<List<T>>(List<T> all) -> all;
      case Unknown<List<T>> unknown -> {
        unsaid.add(what + " could not be listed: " + unknown.why());
        yield List.of();
      }
    };
  }
}

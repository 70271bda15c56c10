package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What EKS answers when a cluster and what is in it are described. */
final class EksDescription {

  private final Timeline time;

  EksDescription(Timeline time) {
    this.time = time;
  }

  ClusterSeen of(Cluster c) {
    Status status =
        c.goneAt.isPresent()
            ? Status.DELETING
            : time.past(c.activeAt) ? Status.ACTIVE : Status.CREATING;
    return new ClusterSeen(
        c.name,
        c.identity,
        c.version,
        status,
        Map.copyOf(c.tags),
        status == Status.CREATING ? Optional.empty() : Optional.of("https://" + c.name),
        Optional.empty(),
        Optional.empty(),
        c.isProtected,
        new TreeMap<>(Map.of("metadata.version", c.version)),
        List.of(),
        Observation.known(
            c.nodes.entrySet().stream().map(n -> nodegroup(n.getKey(), n.getValue())).toList()),
        Observation.known(
            c.addons.entrySet().stream()
                .map(
                    a ->
                        new AddonSeen(
                            a.getKey(),
                            "v1",
                            time.past(a.getValue()) && c.hasNodes() ? "ACTIVE" : "DEGRADED",
                            List.of()))
                .toList()),
        Observation.known(
            c.entries.entrySet().stream()
                .map(e -> new AccessEntrySeen(e.getKey(), List.of(), List.copyOf(e.getValue())))
                .toList()),
        Observation.known(
            c.podRoles.entrySet().stream()
                .filter(p -> time.past(p.getValue().listedAt()))
                .map(p -> podIdentity(p.getKey(), p.getValue()))
                .toList()));
  }

  private static PodIdentitySeen podIdentity(String account, PodRole role) {
    int slash = account.indexOf('/');
    return new PodIdentitySeen(
        account.substring(0, slash),
        account.substring(slash + 1),
        role.roleArn(),
        role.id(),
        Optional.empty());
  }

  private NodegroupSeen nodegroup(String name, Nodegroup n) {
    return new NodegroupSeen(name, n.status(time), n.min(), n.max(), Cluster.PODS, n.issues());
  }
}

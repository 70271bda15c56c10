package dev.hikkoshi.sandbox.eks;

import java.util.List;

/** Addresses of the account's subnets that a cluster has. */
final class Addresses {

  /** Interfaces of a control plane (EKS user guide, network requirements: two to four). */
  private static final int MOST_INTERFACES = 4;

  private Addresses() {}

  static int of(ClusterDoc cluster, String subnet) {
    List<String> control = cluster.definition().subnetIds();
    int interfaces =
        control.subList(0, Math.min(MOST_INTERFACES, control.size())).contains(subnet) ? 1 : 0;
    int nodes =
        cluster.nodegroups().values().stream().mapToInt(group -> nodes(group, subnet)).sum();
    return interfaces + nodes;
  }

  /** Nodes are spread over the group's subnets in turn. */
  private static int nodes(NodegroupDoc group, String subnet) {
    List<String> subnets = group.subnets();
    int place = subnets.indexOf(subnet);
    if (place < 0) {
      return 0;
    }
    int all = group.scaling().desiredSize();
    return all / subnets.size() + (place < all % subnets.size() ? 1 : 0);
  }
}

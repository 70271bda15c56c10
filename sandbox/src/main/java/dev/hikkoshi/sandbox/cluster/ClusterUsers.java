package dev.hikkoshi.sandbox.cluster;

import java.util.List;
import java.util.Optional;

/** Who may use a cluster, and as whom: EKS's access entries. */
@FunctionalInterface
public interface ClusterUsers {

  /**
   * The Kubernetes user of an AWS principal.
   *
   * @param cluster the cluster's name
   * @param principalArn what STS would answer, for example {@code
   *     arn:aws:sts::111122223333:assumed-role/hikkoshi/session}
   */
  Optional<User> user(String cluster, String principalArn);

  /** A Kubernetes user with its groups. */
  record User(String name, List<String> groups) {

    public User {
      groups = List.copyOf(groups);
    }
  }
}

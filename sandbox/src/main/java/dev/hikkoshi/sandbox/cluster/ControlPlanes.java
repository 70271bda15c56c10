package dev.hikkoshi.sandbox.cluster;

import java.util.List;
import java.util.Optional;

/** The control planes behind EKS. */
public interface ControlPlanes {

  /**
   * Builds a control plane and waits until it works and all listeners have heard of it. Asking
   * again for one that was half built, or that is there, is no error.
   *
   * @throws IllegalStateException where a process does not come up; the message has its last lines
   */
  Plane build(PlaneSpec spec);

  /** Ends a control plane and deletes its data; one that is not there is no error. */
  void delete(String name);

  /** What EKS tells of a control plane that works. */
  Optional<Plane> find(String name);

  /**
   * Makes the nodes of a group as many as wanted, and as described; waits until they are ready, or
   * gone with their pods.
   */
  void scale(String cluster, NodeGroup group, int wanted);

  /**
   * A control plane that works.
   *
   * @param endpoint {@code https://127.0.0.1:PORT}
   * @param caPem what clients have to trust
   */
  record Plane(String endpoint, String caPem) {}

  /**
   * Nodes that look alike.
   *
   * @param name the node group's name
   * @param instanceType one that {@link InstanceTypes} knows
   * @param capacityType {@code ON_DEMAND} or {@code SPOT}
   * @param labels labels of the user's
   * @param taints taints in Kubernetes' words
   * @param zones zones in which the nodes are spread
   */
  record NodeGroup(
      String name,
      String instanceType,
      String capacityType,
      java.util.Map<String, String> labels,
      List<Taint> taints,
      List<String> zones) {

    public NodeGroup {
      labels = java.util.Map.copyOf(labels);
      taints = List.copyOf(taints);
      zones = List.copyOf(zones);
    }
  }

  /** A taint with its effect as Kubernetes writes it, for example {@code NoSchedule}. */
  record Taint(String key, String value, String effect) {}
}

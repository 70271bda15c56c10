package dev.hikkoshi.sandbox.cluster;

/** Hears of clusters. Called on a thread that may block. */
public interface ClusterListener {

  /**
   * The API server answers and the controllers run. Comes before EKS says ACTIVE, and EKS waits for
   * the return; comes again for each cluster after the sandbox was started again, and when it
   * failed: then it must have left nothing behind.
   */
  void clusterReady(ClusterAccess cluster);

  /**
   * The cluster will end now: its API server still answers. What the listener made for this cluster
   * inside this process should go; AWS resources stay, as they do on AWS.
   */
  void clusterDeleting(ClusterAccess cluster);
}

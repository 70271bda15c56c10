package dev.hikkoshi.sandbox.cluster;

import java.nio.file.Path;

/** The executables that control planes are made of. */
public interface Binaries {

  /** etcd. */
  Path etcd();

  /**
   * kube-apiserver of a minor, such as {@code 1.36}.
   *
   * @throws IllegalArgumentException where that minor is not to be had
   */
  Path apiServer(String minor);

  /** kube-controller-manager. */
  Path controllerManager();

  /** kube-scheduler. */
  Path scheduler();

  /** kwok. */
  Path kwok();
}

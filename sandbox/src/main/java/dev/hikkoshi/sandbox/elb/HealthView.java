package dev.hikkoshi.sandbox.elb;

/** What the health checks found out. */
@FunctionalInterface
public interface HealthView {

  /** The verdict on a registered target of a group in use; registering where there is none yet. */
  TargetHealth of(String groupArn, TargetGroup.Address target);
}

package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Targets counted by state (TargetHealth of the API reference). */
final class Health {

  static final GroupHealth NONE = new GroupHealth(0, 0, 0, 0, 0);

  private Health() {}

  static GroupHealth of(ElasticLoadBalancingV2Client elb, String groupArn) {
    return count(
        elb.describeTargetHealth(r -> r.targetGroupArn(groupArn)).targetHealthDescriptions());
  }

  static GroupHealth count(List<TargetHealthDescription> targets) {
    return targets.stream()
        .map(target -> one(target.targetHealth().state()))
        .reduce(NONE, Health::sum);
  }

  /** What ELBv2 does not know to be healthy is not healthy. */
  private static GroupHealth one(TargetHealthStateEnum state) {
    return switch (state) {
      case HEALTHY -> new GroupHealth(1, 0, 0, 0, 0);
      case INITIAL -> new GroupHealth(0, 0, 1, 0, 0);
      case DRAINING, UNHEALTHY_DRAINING -> new GroupHealth(0, 0, 0, 1, 0);
      case UNUSED -> new GroupHealth(0, 0, 0, 0, 1);
      case UNHEALTHY, UNAVAILABLE, UNKNOWN_TO_SDK_VERSION -> new GroupHealth(0, 1, 0, 0, 0);
    };
  }

  static GroupHealth sum(GroupHealth a, GroupHealth b) {
    return new GroupHealth(
        a.healthy() + b.healthy(),
        a.unhealthy() + b.unhealthy(),
        a.initial() + b.initial(),
        a.draining() + b.draining(),
        a.unused() + b.unused());
  }
}

package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Target groups of ours: one a cluster and route, known by tags. */
final class TargetGroups {

  /** A probe must be answered before the next one is due. */
  private static final int LONGEST_PROBE = 5;

  private static final int SHORTEST_PROBE = 2;

  private final ElasticLoadBalancingV2Client reads;
  private final ElasticLoadBalancingV2Client writes;
  private final BalancerGateway.Rule rule;

  TargetGroups(AwsClients aws, BalancerGateway.Rule rule) {
    this.reads = aws.elb(rule.role());
    this.writes = aws.elbWrites(rule.role());
    this.rule = rule;
  }

  /**
   * Groups that may be this route's, which only their tags tell.
   *
   * @param named groups in the rule, looked at whatever their names are
   */
  static Set<String> candidates(Listing listing, BalancerGateway.Rule rule, List<String> named) {
    Set<String> candidates = new HashSet<>(named);
    listing.groups().stream()
        .filter(group -> GroupNames.mayBe(rule, group.targetGroupName()))
        .map(TargetGroup::targetGroupArn)
        .forEach(candidates::add);
    return candidates;
  }

  /** Groups of this route by cluster. */
  static Observation<Map<String, String>> ours(
      BalancerGateway.Rule rule, Set<String> candidates, Map<String, Map<String, String>> tags) {
    Map<String, String> byCluster = new TreeMap<>();
    for (var tagged : new TreeMap<>(tags).entrySet()) {
      String cluster = tagged.getValue().get(GroupNames.CLUSTER);
      if (cluster == null
          || !candidates.contains(tagged.getKey())
          || !GroupNames.ours(rule, tagged.getValue())) {
        continue;
      }
      String other = byCluster.put(cluster, tagged.getKey());
      if (other != null) {
        return Observation.unknown(
            "target group of " + cluster,
            "%s and %s are both tagged as it".formatted(other, tagged.getKey()));
      }
    }
    return Observation.known(byCluster);
  }

  /** Creates the group of a cluster; one of ours with that name is the answer. */
  Outcome create(String balancerArn, String cluster, int port, Probe probe) {
    String name = GroupNames.of(rule, cluster);
    LoadBalancer balancer;
    try {
      Optional<Outcome> there = named(name, cluster);
      if (there.isPresent()) {
        return there.get();
      }
      Optional<LoadBalancer> found = new Listing(reads).balancer(balancerArn);
      if (found.isEmpty()) {
        return new Outcome.Changed("the load balancer is not there any more");
      }
      balancer = found.get();
    } catch (SdkException e) {
      return new Outcome.Throttled("nothing was written, looking failed: " + AwsFailures.why(e));
    }
    return AwsFailures.write(() -> create(name, balancer.vpcId(), cluster, port, probe));
  }

  private Outcome create(String name, String vpc, String cluster, int port, Probe probe) {
    List<Tag> tags =
        new TreeMap<>(GroupNames.tags(rule, cluster))
            .entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    int timeout = Math.clamp(probe.intervalSeconds() - 1, SHORTEST_PROBE, LONGEST_PROBE);
    try {
      var answer =
          writes.createTargetGroup(
              r ->
                  r.name(name)
                      .protocol(ProtocolEnum.HTTP)
                      .port(port)
                      .vpcId(vpc)
                      .targetType(TargetTypeEnum.IP)
                      .healthCheckProtocol(ProtocolEnum.HTTP)
                      .healthCheckPath(probe.path())
                      .healthCheckIntervalSeconds(probe.intervalSeconds())
                      .healthCheckTimeoutSeconds(timeout)
                      .healthyThresholdCount(probe.healthyThreshold())
                      .unhealthyThresholdCount(probe.unhealthyThreshold())
                      .matcher(m -> m.httpCode(probe.codes()))
                      .tags(tags));
      return Outcome.done(
          answer.responseMetadata().requestId(),
          "groupArn",
          answer.targetGroups().getFirst().targetGroupArn());
    } catch (DuplicateTargetGroupNameException e) {
      return new Outcome.Changed(AwsFailures.why(e));
    }
  }

  private Optional<Outcome> named(String name, String cluster) {
    String arn;
    String requestId;
    try {
      var answer = reads.describeTargetGroups(r -> r.names(name));
      arn = answer.targetGroups().getFirst().targetGroupArn();
      requestId = answer.responseMetadata().requestId();
    } catch (TargetGroupNotFoundException _) {
      return Optional.empty();
    }
    Map<String, String> tags = new Listing(reads).tags(List.of(arn)).getOrDefault(arn, Map.of());
    boolean ours = GroupNames.ours(rule, tags) && cluster.equals(tags.get(GroupNames.CLUSTER));
    return Optional.of(
        ours
            ? Outcome.done(requestId, "groupArn", arn)
            : new Outcome.Refused("NotOurs", "target group " + name + " exists without our tags"));
  }

  /** Takes our tags off a group of ours; one that is gone, or has none of them, is done. */
  Outcome untag(String arn) {
    try {
      Map<String, String> tags = new Listing(reads).tags(List.of(arn)).getOrDefault(arn, Map.of());
      if (!GroupNames.ours(rule, tags)) {
        return tags.containsKey(GroupNames.ENVIRONMENT)
            ? new Outcome.Refused("NotOurs", arn + " is tagged as another environment's")
            : Outcome.done("");
      }
    } catch (TargetGroupNotFoundException e) {
      return Outcome.done(e.requestId() == null ? "" : e.requestId());
    } catch (SdkException e) {
      return new Outcome.Throttled("nothing was written, looking failed: " + AwsFailures.why(e));
    }
    return AwsFailures.write(
        () ->
            Outcome.done(
                writes
                    .removeTags(r -> r.resourceArns(arn).tagKeys(GroupNames.KEYS))
                    .responseMetadata()
                    .requestId()));
  }

  /** Deletes a group of ours that no listener names; one that is gone is deleted. */
  Outcome delete(String arn) {
    try {
      var answer = reads.describeTargetGroups(r -> r.targetGroupArns(arn));
      TargetGroup group = answer.targetGroups().getFirst();
      Map<String, String> tags = new Listing(reads).tags(List.of(arn)).getOrDefault(arn, Map.of());
      if (!GroupNames.ours(rule, tags)) {
        return new Outcome.Refused("NotOurs", arn + " is not tagged as this route's");
      }
      if (!group.loadBalancerArns().isEmpty()) {
        String text = "%s is named by listeners of %s".formatted(arn, group.loadBalancerArns());
        return new Outcome.Refused("ResourceInUse", text);
      }
    } catch (TargetGroupNotFoundException e) {
      return Outcome.done(e.requestId() == null ? "" : e.requestId());
    } catch (SdkException e) {
      return new Outcome.Throttled("nothing was deleted, looking failed: " + AwsFailures.why(e));
    }
    return AwsFailures.write(
        () ->
            Outcome.done(
                writes
                    .deleteTargetGroup(r -> r.targetGroupArn(arn))
                    .responseMetadata()
                    .requestId()));
  }
}

package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.OneLook;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/**
 * Lists to their end, in pages. A list that has none is an error, never a part of the truth. One
 * instance asks each thing once: it is for one look, not for two moments.
 */
final class Listing {

  private static final int PAGE = 400;

  /** 3,000 target groups a region and 100 rules a load balancer are quotas; this is far beyond. */
  private static final int MOST_PAGES = 200;

  /** DescribeTags takes no more ARNs at once. */
  private static final int TAGGED_AT_ONCE = 20;

  private final ElasticLoadBalancingV2Client elb;
  private final OneLook look;

  /** Asks each time: before a write, and after it. */
  Listing(ElasticLoadBalancingV2Client elb) {
    this(elb, new OneLook());
  }

  /** Asks what was not asked in this look. */
  Listing(ElasticLoadBalancingV2Client elb, OneLook look) {
    this.elb = elb;
    this.look = look;
  }

  /** Another client may have other rights and so another answer. */
  private record Question(ElasticLoadBalancingV2Client elb, String what, List<String> of) {}

  private <T> T once(String what, List<String> of, Supplier<T> ask) {
    return look.once(new Question(elb, what, of), ask);
  }

  /** A page: what it holds, and where the next begins. */
  private record Page<T>(List<T> items, Optional<String> next) {}

  private static <T> List<T> all(Function<Optional<String>, Page<T>> page) {
    List<T> all = new ArrayList<>();
    Optional<String> marker = Optional.empty();
    for (int i = 0; i < MOST_PAGES; i++) {
      Page<T> next = page.apply(marker);
      all.addAll(next.items());
      marker = next.next().filter(m -> !m.isEmpty());
      if (marker.isEmpty()) {
        return List.copyOf(all);
      }
    }
    throw SdkClientException.create("the list does not end after " + all.size());
  }

  List<LoadBalancer> balancers() {
    return once(
        "balancers",
        List.of(),
        () ->
            all(
                marker -> {
                  var answer =
                      elb.describeLoadBalancers(
                          DescribeLoadBalancersRequest.builder()
                              .pageSize(PAGE)
                              .marker(marker.orElse(null))
                              .build());
                  return new Page<>(
                      answer.loadBalancers(), Optional.ofNullable(answer.nextMarker()));
                }));
  }

  Optional<LoadBalancer> balancerNamed(String name) {
    return once(
        "named",
        List.of(name),
        () -> one(DescribeLoadBalancersRequest.builder().names(name).build()));
  }

  Optional<LoadBalancer> balancer(String arn) {
    return once(
        "balancer",
        List.of(arn),
        () -> one(DescribeLoadBalancersRequest.builder().loadBalancerArns(arn).build()));
  }

  private Optional<LoadBalancer> one(DescribeLoadBalancersRequest request) {
    try {
      return elb.describeLoadBalancers(request).loadBalancers().stream().findFirst();
    } catch (LoadBalancerNotFoundException _) {
      return Optional.empty();
    }
  }

  List<Listener> listeners(String balancerArn) {
    return once(
        "listeners",
        List.of(balancerArn),
        () ->
            all(
                marker -> {
                  var answer =
                      elb.describeListeners(
                          DescribeListenersRequest.builder()
                              .loadBalancerArn(balancerArn)
                              .pageSize(PAGE)
                              .marker(marker.orElse(null))
                              .build());
                  return new Page<>(answer.listeners(), Optional.ofNullable(answer.nextMarker()));
                }));
  }

  List<Rule> rules(String listenerArn) {
    return once(
        "rules",
        List.of(listenerArn),
        () ->
            all(
                marker -> {
                  var answer =
                      elb.describeRules(
                          DescribeRulesRequest.builder()
                              .listenerArn(listenerArn)
                              .pageSize(PAGE)
                              .marker(marker.orElse(null))
                              .build());
                  return new Page<>(answer.rules(), Optional.ofNullable(answer.nextMarker()));
                }));
  }

  List<TargetGroup> groups() {
    return once(
        "groups",
        List.of(),
        () -> groups(DescribeTargetGroupsRequest.builder().pageSize(PAGE).build()));
  }

  /** Groups that a load balancer's rules name; for none some answer with an error. */
  List<TargetGroup> groupsOf(String balancerArn) {
    return once(
        "groups of",
        List.of(balancerArn),
        () -> {
          try {
            return groups(
                DescribeTargetGroupsRequest.builder()
                    .loadBalancerArn(balancerArn)
                    .pageSize(PAGE)
                    .build());
          } catch (TargetGroupNotFoundException _) {
            return List.of();
          }
        });
  }

  private List<TargetGroup> groups(DescribeTargetGroupsRequest request) {
    return all(
        marker -> {
          var answer =
              elb.describeTargetGroups(request.toBuilder().marker(marker.orElse(null)).build());
          return new Page<>(answer.targetGroups(), Optional.ofNullable(answer.nextMarker()));
        });
  }

  /** Targets counted by state. */
  GroupHealth health(String groupArn) {
    return once("health", List.of(groupArn), () -> Health.of(elb, groupArn));
  }

  /** Ids of a group's targets: addresses, or ARNs of load balancers. */
  List<String> targets(String groupArn) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(groupArn))
        .targetHealthDescriptions()
        .stream()
        .map(description -> description.target().id())
        .toList();
  }

  /** Tags by ARN. */
  Map<String, Map<String, String>> tags(List<String> arns) {
    return once("tags", arns.stream().sorted().toList(), () -> tagsOf(arns));
  }

  private Map<String, Map<String, String>> tagsOf(List<String> arns) {
    Map<String, Map<String, String>> all = new HashMap<>();
    for (int from = 0; from < arns.size(); from += TAGGED_AT_ONCE) {
      List<String> some = arns.subList(from, Math.min(arns.size(), from + TAGGED_AT_ONCE));
      for (TagDescription one : elb.describeTags(r -> r.resourceArns(some)).tagDescriptions()) {
        Map<String, String> tags = new HashMap<>();
        one.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
        all.put(one.resourceArn(), Map.copyOf(tags));
      }
    }
    return all;
  }
}

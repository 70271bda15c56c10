package dev.hikkoshi.sandbox.elb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that exists, as a value; maps are by ARN in the order of creation.
 *
 * @param nextAddress the number of the next load balancer's address
 */
public record ElbState(
    int nextAddress,
    Map<String, LoadBalancer> loadBalancers,
    Map<String, Listener> listeners,
    Map<String, Rule> rules,
    Map<String, TargetGroup> groups) {

  public ElbState {
    loadBalancers = ordered(loadBalancers);
    listeners = ordered(listeners);
    rules = ordered(rules);
    groups = ordered(groups);
  }

  /** A region without load balancers. */
  public static ElbState empty() {
    return new ElbState(1, Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The listeners of a load balancer. */
  public List<Listener> listenersOf(String loadBalancerArn) {
    return listeners.values().stream()
        .filter(listener -> listener.loadBalancerArn().equals(loadBalancerArn))
        .toList();
  }

  /** The rules of a listener by priority, without its default rule. */
  public List<Rule> rulesOf(String listenerArn) {
    return rules.values().stream()
        .filter(rule -> rule.listenerArn().equals(listenerArn))
        .sorted(Comparator.comparingInt(Rule::priority))
        .toList();
  }

  /** The load balancer with an action that names the group. */
  public Optional<LoadBalancer> loadBalancerOf(String groupArn) {
    return listeners.values().stream()
        .filter(listener -> actionsOf(listener).anyMatch(action -> names(action, groupArn)))
        .map(listener -> Objects.requireNonNull(loadBalancers.get(listener.loadBalancerArn())))
        .findFirst();
  }

  /** The groups that actions of a load balancer name, each once. */
  public List<TargetGroup> groupsOf(String loadBalancerArn) {
    return listenersOf(loadBalancerArn).stream()
        .flatMap(this::actionsOf)
        .flatMap(ElbState::forwards)
        .map(Action.Weighted::groupArn)
        .distinct()
        .map(arn -> Objects.requireNonNull(groups.get(arn)))
        .toList();
  }

  private Stream<Action> actionsOf(Listener listener) {
    return Stream.concat(
        listener.defaultActions().stream(),
        rulesOf(listener.arn()).stream().flatMap(rule -> rule.actions().stream()));
  }

  private static boolean names(Action action, String groupArn) {
    return forwards(action).anyMatch(group -> group.groupArn().equals(groupArn));
  }

  static Stream<Action.Weighted> forwards(Action action) {
    return action instanceof Action.Forward forward ? forward.groups().stream() : Stream.of();
  }

  ElbState with(LoadBalancer balancer) {
    return new ElbState(
        nextAddress, put(loadBalancers, balancer.arn(), balancer), listeners, rules, groups);
  }

  ElbState withNew(LoadBalancer balancer) {
    return new ElbState(
        nextAddress + 1, put(loadBalancers, balancer.arn(), balancer), listeners, rules, groups);
  }

  ElbState with(Listener listener) {
    return new ElbState(
        nextAddress, loadBalancers, put(listeners, listener.arn(), listener), rules, groups);
  }

  ElbState with(Rule rule) {
    return new ElbState(
        nextAddress, loadBalancers, listeners, put(rules, rule.arn(), rule), groups);
  }

  ElbState with(TargetGroup group) {
    return new ElbState(
        nextAddress, loadBalancers, listeners, rules, put(groups, group.arn(), group));
  }

  ElbState changed(String groupArn, UnaryOperator<TargetGroup> change) {
    return with(change.apply(Objects.requireNonNull(groups.get(groupArn))));
  }

  /** Without the load balancer, its listeners and their rules; groups stay, as on AWS. */
  ElbState withoutLoadBalancer(String arn) {
    ElbState next = this;
    for (Listener listener : listenersOf(arn)) {
      next = next.withoutListener(listener.arn());
    }
    return new ElbState(
        nextAddress, without(next.loadBalancers, arn), next.listeners, next.rules, next.groups);
  }

  ElbState withoutListener(String arn) {
    Map<String, Rule> kept = new LinkedHashMap<>(rules);
    kept.values().removeIf(rule -> rule.listenerArn().equals(arn));
    return new ElbState(nextAddress, loadBalancers, without(listeners, arn), kept, groups);
  }

  ElbState withoutRule(String arn) {
    return new ElbState(nextAddress, loadBalancers, listeners, without(rules, arn), groups);
  }

  ElbState withoutGroup(String arn) {
    return new ElbState(nextAddress, loadBalancers, listeners, rules, without(groups, arn));
  }

  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    Map<String, V> next = new LinkedHashMap<>(map);
    next.put(key, value);
    return next;
  }

  private static <V> Map<String, V> without(Map<String, V> map, String key) {
    Map<String, V> next = new LinkedHashMap<>(map);
    next.remove(key);
    return next;
  }

  /** Every ARN and its tags are here, whatever it is of. */
  Optional<Map<String, String>> tags(String arn) {
    return Stream.of(
            Optional.ofNullable(loadBalancers.get(arn)).map(LoadBalancer::tags),
            Optional.ofNullable(listeners.get(arn)).map(Listener::tags),
            Optional.ofNullable(rules.get(arn)).map(Rule::tags),
            Optional.ofNullable(groups.get(arn)).map(TargetGroup::tags))
        .flatMap(Optional::stream)
        .findFirst();
  }

  ElbState withTags(String arn, Map<String, String> tags) {
    List<ElbState> next = new ArrayList<>();
    Optional.ofNullable(loadBalancers.get(arn)).ifPresent(x -> next.add(with(x.withTags(tags))));
    Optional.ofNullable(listeners.get(arn)).ifPresent(x -> next.add(with(x.withTags(tags))));
    Optional.ofNullable(rules.get(arn)).ifPresent(x -> next.add(with(x.withTags(tags))));
    Optional.ofNullable(groups.get(arn)).ifPresent(x -> next.add(with(x.withTags(tags))));
    return next.isEmpty() ? this : next.getFirst();
  }
}

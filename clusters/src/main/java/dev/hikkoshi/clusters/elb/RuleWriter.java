package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/**
 * Rule 3 for load balancers. ELBv2 has no compare-and-set: the rule is read again at most a second
 * before the write, everything in it that is no weight is carried, and it is read back after.
 */
final class RuleWriter {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int ATTEMPTS_TO_READ = 3;

  /** "Target groups per action on an Application Load Balancer: 5", not to be raised. */
  private static final int MOST_GROUPS = 5;

  private static final int MOST_WEIGHT = 999;

  private final ElasticLoadBalancingV2Client reads;
  private final ElasticLoadBalancingV2Client writes;
  private final BalancerGateway.Rule rule;
  private final InstantSource clock;

  RuleWriter(AwsClients aws, BalancerGateway.Rule rule, InstantSource clock) {
    this.reads = aws.elb(rule.role());
    this.writes = aws.elbWrites(rule.role());
    this.rule = rule;
    this.clock = clock;
  }

  /** A write that has to end here. */
  private sealed interface Before {
    record Go(Optional<Rule> now, List<Rule> all) implements Before {}

    record Stop(Outcome outcome) implements Before {}
  }

  Outcome write(AlbRouteSeen seen, List<GroupWeight> weights) {
    Optional<Outcome> wrong = wrong(weights);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return switch (before(seen)) {
      case Before.Stop(Outcome outcome) -> outcome;
      case Before.Go(Optional<Rule> now, List<Rule> all) ->
          now.isPresent() ? modify(now.get(), weights) : create(seen.listenerArn(), all, weights);
    };
  }

  private static Optional<Outcome> wrong(List<GroupWeight> weights) {
    if (weights.stream().allMatch(w -> w.weight() == 0)) {
      return Optional.of(new Outcome.Refused("AllZero", "nobody would have weight"));
    }
    if (weights.size() > MOST_GROUPS) {
      String text = "%d groups; an action takes %d".formatted(weights.size(), MOST_GROUPS);
      return Optional.of(new Outcome.Refused("TooManyTargetGroups", text));
    }
    return weights.stream()
        .filter(w -> w.weight() < 0 || w.weight() > MOST_WEIGHT)
        .findFirst()
        .map(w -> new Outcome.Refused("WeightOutOfRange", "weight %d".formatted(w.weight())));
  }

  /** Nothing is written here, so whatever fails may simply be tried again later. */
  private Before before(AlbRouteSeen seen) {
    for (int i = 0; i < ATTEMPTS_TO_READ; i++) {
      Instant begun = clock.instant();
      Before before;
      try {
        before = compare(seen);
      } catch (RuleNotFoundException _) {
        return new Before.Stop(new Outcome.Changed("the rule is not there any more"));
      } catch (SdkException e) {
        String text = "nothing was written, the rule could not be read again: ";
        return new Before.Stop(new Outcome.Throttled(text + AwsFailures.why(e)));
      }
      if (before instanceof Before.Stop
          || Duration.between(begun, clock.instant()).compareTo(FRESH) <= 0) {
        return before;
      }
    }
    String text = "nothing was written, reading the rule takes more than " + FRESH;
    return new Before.Stop(new Outcome.Throttled(text));
  }

  private Before compare(AlbRouteSeen seen) {
    if (seen.ruleArn().isEmpty()) {
      List<Rule> all = new Listing(reads).rules(seen.listenerArn());
      return Place.match(all, rule).isPresent()
          ? new Before.Stop(new Outcome.Changed("somebody created the rule meanwhile"))
          : new Before.Go(Optional.empty(), all);
    }
    Rule now = described(seen.ruleArn().get());
    Optional<String> difference = difference(now, seen.groups(), seen.fingerprint());
    return difference.isPresent()
        ? new Before.Stop(new Outcome.Changed(difference.get()))
        : new Before.Go(Optional.of(now), List.of());
  }

  private Rule described(String arn) {
    return reads.describeRules(r -> r.ruleArns(arn)).rules().getFirst();
  }

  private Optional<String> difference(Rule now, List<GroupWeight> groups, String fingerprint) {
    if (!Conditions.match(now, rule)) {
      return Optional.of("the rule has other conditions now");
    }
    List<GroupWeight> there = Actions.forward(now).map(Actions::groups).orElse(List.of());
    if (!weights(there).equals(weights(groups))) {
      return Optional.of("the rule's weights are %s, not %s".formatted(there, groups));
    }
    return Actions.fingerprint(now).equals(fingerprint)
        ? Optional.empty()
        : Optional.of("something in the rule's actions besides weights is another");
  }

  private static Map<String, Integer> weights(List<GroupWeight> groups) {
    return groups.stream()
        .collect(Collectors.toMap(GroupWeight::groupArn, GroupWeight::weight, Integer::sum));
  }

  private Outcome modify(Rule now, List<GroupWeight> weights) {
    return AwsFailures.write(
        () -> {
          try {
            var answer =
                writes.modifyRule(
                    r -> r.ruleArn(now.ruleArn()).actions(Actions.with(now, weights)));
            String id = answer.responseMetadata().requestId();
            return readBack(now.ruleArn(), weights, Optional.of(Actions.fingerprint(now)), id);
          } catch (RuleNotFoundException _) {
            return new Outcome.Changed("the rule is not there any more");
          }
        });
  }

  private Outcome create(String listenerArn, List<Rule> all, List<GroupWeight> weights) {
    Optional<Integer> priority = Place.freePriority(all);
    if (priority.isEmpty()) {
      return new Outcome.Refused("TooManyRules", "the listener has no free priority");
    }
    return AwsFailures.write(
        () -> {
          try {
            var answer =
                writes.createRule(
                    r ->
                        r.listenerArn(listenerArn)
                            .priority(priority.get())
                            .conditions(Conditions.of(rule))
                            .actions(Actions.fresh(weights))
                            .tags(
                                tag(GroupNames.ENVIRONMENT, rule.environment()),
                                tag(GroupNames.ROUTE, rule.route())));
            return readBack(
                answer.rules().getFirst().ruleArn(),
                weights,
                Optional.empty(),
                answer.responseMetadata().requestId());
          } catch (PriorityInUseException e) {
            return new Outcome.Changed(AwsFailures.why(e));
          }
        });
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /** The write was answered; what is there now decides. */
  private Outcome readBack(
      String arn, List<GroupWeight> weights, Optional<String> fingerprint, String requestId) {
    Rule now;
    try {
      now = described(arn);
    } catch (SdkException e) {
      return new Outcome.Unclear("written, but not read back: " + AwsFailures.why(e));
    }
    return difference(now, weights, fingerprint.orElseGet(() -> Actions.fingerprint(now)))
        .<Outcome>map(text -> new Outcome.Changed("read back after the write: " + text))
        .orElseGet(() -> Outcome.done(requestId, "ruleArn", arn));
  }
}

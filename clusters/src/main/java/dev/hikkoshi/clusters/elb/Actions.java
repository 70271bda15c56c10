package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The actions of a rule. ModifyRule replaces them all, so everything but the weights is sent again
 * as it was read: authentication, stickiness, order.
 */
final class Actions {

  /** What the weights are, apart from what everything else is. */
  private static final Set<String> WEIGHTS = Set.of("TargetGroups", "TargetGroupArn");

  /** The secret is never answered, and the flag is never answered as it was sent. */
  private static final Set<String> SECRETS = Set.of("ClientSecret", "UseExistingClientSecret");

  private Actions() {}

  /** The action that forwards; empty where the rule answers by itself or redirects. */
  static Optional<Action> forward(Rule rule) {
    return rule.actions().stream().filter(a -> a.type() == ActionTypeEnum.FORWARD).findFirst();
  }

  /** Groups and weights of an action; a single group without a weight has all of it. */
  static List<GroupWeight> groups(Action action) {
    ForwardActionConfig forward = action.forwardConfig();
    if (forward != null && forward.hasTargetGroups() && !forward.targetGroups().isEmpty()) {
      return forward.targetGroups().stream()
          .map(t -> new GroupWeight(t.targetGroupArn(), t.weight() == null ? 1 : t.weight()))
          .toList();
    }
    return action.targetGroupArn() == null
        ? List.of()
        : List.of(new GroupWeight(action.targetGroupArn(), 1));
  }

  /** How long a client stays with its group whatever the weights say; zero where it does not. */
  static Duration stickiness(Action action) {
    TargetGroupStickinessConfig sticky =
        action.forwardConfig() == null
            ? null
            : action.forwardConfig().targetGroupStickinessConfig();
    if (sticky == null || !Boolean.TRUE.equals(sticky.enabled())) {
      return Duration.ZERO;
    }
    return sticky.durationSeconds() == null
        ? Duration.ZERO
        : Duration.ofSeconds(sticky.durationSeconds());
  }

  /** Hash of everything in the rule's actions and transforms that a write has to carry. */
  static String fingerprint(Rule rule) {
    List<SdkPojo> all = new ArrayList<>(rule.actions());
    all.addAll(rule.transforms());
    Set<String> without = new java.util.HashSet<>(WEIGHTS);
    without.addAll(SECRETS);
    return Canonical.hash(all, without);
  }

  /** All actions as plain values, as ModifyRule takes them. */
  static List<Map<String, Object>> plain(Rule rule) {
    return with(rule, forward(rule).map(Actions::groups).orElse(List.of())).stream()
        .map(Canonical::plain)
        .toList();
  }

  /** A forward action with nothing but weights. */
  static Action fresh(List<GroupWeight> weights) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .order(1)
        .forwardConfig(f -> f.targetGroups(tuples(weights)))
        .build();
  }

  /** All actions of the rule as they are, with other weights. */
  static List<Action> with(Rule rule, List<GroupWeight> weights) {
    return rule.actions().stream().map(action -> carried(action, weights)).toList();
  }

  private static Action carried(Action action, List<GroupWeight> weights) {
    if (action.type() == ActionTypeEnum.FORWARD) {
      ForwardActionConfig before = action.forwardConfig();
      ForwardActionConfig.Builder forward =
          before == null ? ForwardActionConfig.builder() : before.toBuilder();
      return action.toBuilder()
          .targetGroupArn(null)
          .forwardConfig(forward.targetGroups(tuples(weights)).build())
          .build();
    }
    if (action.type() == ActionTypeEnum.AUTHENTICATE_OIDC) {
      // Describe never tells the secret; without this flag the write would have to send it.
      return action.toBuilder()
          .authenticateOidcConfig(
              action.authenticateOidcConfig().toBuilder()
                  .clientSecret(null)
                  .useExistingClientSecret(true)
                  .build())
          .build();
    }
    return action;
  }

  private static List<TargetGroupTuple> tuples(List<GroupWeight> weights) {
    return weights.stream()
        .map(
            w -> TargetGroupTuple.builder().targetGroupArn(w.groupArn()).weight(w.weight()).build())
        .toList();
  }
}

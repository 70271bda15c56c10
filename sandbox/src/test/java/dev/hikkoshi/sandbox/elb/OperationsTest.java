package dev.hikkoshi.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exists after an operation. */
class OperationsTest {

  private final Account account = new Account();

  @Test
  void theSameAgainWithTheSameSettingsIsTheSameThing() {
    // Given
    String balancer = account.balancer("web");
    String group = account.group("blue");
    ElbState before = account.elb.state();
    // When, then
    assertThat(account.balancer("web")).isEqualTo(balancer);
    assertThat(account.group("blue")).isEqualTo(group);
    assertThat(account.elb.state()).isSameAs(before);
  }

  @Test
  void modifyRuleReplacesActionsWholeAndKeepsConditions() {
    // Given
    Account.Things things = account.things();
    // When
    account.call(
        RuleOperations::modify,
        Account.forward(things.rule(), things.blue(), "95", things.green(), "5"));
    // Then
    Rule rule = account.elb.state().rulesOf(things.listener()).getFirst();
    assertThat(rule.conditions())
        .containsExactly(new Condition("path-pattern", "", List.of("/10")));
    assertThat(rule.actions())
        .containsExactly(
            new Action.Forward(
                List.of(
                    new Action.Weighted(things.blue(), 95), new Action.Weighted(things.green(), 5)),
                0));
    account.call(RuleOperations::modify, Account.forward(things.rule(), things.green(), ""));
    assertThat(account.elb.state().rulesOf(things.listener()).getFirst().actions())
        .containsExactly(new Action.Forward(List.of(new Action.Weighted(things.green(), 1)), 0));
  }

  @Test
  void prioritiesCanBeExchangedInOneCall() {
    // Given
    Account.Things things = account.things();
    String second = account.rule(things.listener(), "20", things.blue());
    // When
    account.call(
        RuleOperations::setPriorities,
        "RulePriorities.member.1.RuleArn",
        things.rule(),
        "RulePriorities.member.1.Priority",
        "20",
        "RulePriorities.member.2.RuleArn",
        second,
        "RulePriorities.member.2.Priority",
        "10");
    // Then
    assertThat(account.elb.state().rulesOf(things.listener()).stream().map(Rule::arn))
        .containsExactly(second, things.rule());
  }

  @Test
  void rulesComeByPriorityInPagesWithTheDefaultOneLast() {
    // Given
    Account.Things things = account.things();
    account.rule(things.listener(), "5", things.blue());
    // When
    String first =
        account.call(RuleOperations::describe, "ListenerArn", things.listener(), "PageSize", "2");
    String last =
        account.call(
            RuleOperations::describe,
            "ListenerArn",
            things.listener(),
            "PageSize",
            "2",
            "Marker",
            Account.between(first, "NextMarker"));
    // Then
    assertThat(first).containsSubsequence("<Priority>5<", "<Priority>10<");
    assertThat(last).contains("<Priority>default<").doesNotContain("NextMarker");
  }

  @Test
  void aDeletedLoadBalancerLeavesItsGroupsAndFreesThem() {
    // Given
    Account.Things things = account.things();
    // When
    account.call(BalancerOperations::delete, "LoadBalancerArn", things.balancer());
    // Then: a second time it is no error
    account.call(BalancerOperations::delete, "LoadBalancerArn", things.balancer());
    assertThat(account.elb.state().listeners()).isEmpty();
    assertThat(account.elb.state().rules()).isEmpty();
    assertThat(account.elb.state().groups()).containsOnlyKeys(things.blue(), things.green());
    account.call(GroupOperations::delete, "TargetGroupArn", things.blue());
  }

  @Test
  void aProtectedLoadBalancerIsNotDeleted() {
    // Given
    String balancer = account.balancer("web");
    account.call(
        BalancerOperations::modifyAttributes,
        "LoadBalancerArn",
        balancer,
        "Attributes.member.1.Key",
        "deletion_protection.enabled",
        "Attributes.member.1.Value",
        "true");
    // When, then
    assertThatThrownBy(() -> account.call(BalancerOperations::delete, "LoadBalancerArn", balancer))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("OperationNotPermitted"));
  }

  @Test
  void addressesAreNeverUsedAgain() {
    // Given
    String first = account.balancer("one");
    String address = Refusal.balancer(account.elb.state(), first).address();
    account.call(BalancerOperations::delete, "LoadBalancerArn", first);
    // When
    String second = account.balancer("one");
    // Then
    assertThat(Refusal.balancer(account.elb.state(), second).address()).isNotEqualTo(address);
  }

  @Test
  void aTargetDrainsForItsDelayAndIsGoneThen() {
    // Given
    Account.Things things = account.things();
    account.call(
        TargetOperations::register,
        "TargetGroupArn",
        things.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // When
    account.call(
        TargetOperations::deregister,
        "TargetGroupArn",
        things.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // Then
    assertThat(account.call(TargetOperations::describeHealth, "TargetGroupArn", things.blue()))
        .contains("<State>draining</State>", "Target.DeregistrationInProgress");
    account.time.advance(Duration.ofSeconds(299));
    account.elb.drained(account.time.instant());
    assertThat(Refusal.group(account.elb.state(), things.blue()).targets()).hasSize(1);
    account.time.advance(Duration.ofSeconds(1));
    account.elb.drained(account.time.instant());
    assertThat(Refusal.group(account.elb.state(), things.blue()).targets()).isEmpty();
    assertThat(
            account.call(
                TargetOperations::describeHealth,
                "TargetGroupArn",
                things.blue(),
                "Targets.member.1.Id",
                "10.16.0.5"))
        .contains("<State>unused</State>", "Target.NotRegistered");
  }

  @Test
  void registeringAgainTakesADeregistrationBack() {
    // Given
    Account.Things things = account.things();
    String[] target = {"TargetGroupArn", things.blue(), "Targets.member.1.Id", "10.16.0.5"};
    account.call(TargetOperations::register, target);
    account.call(TargetOperations::deregister, target);
    // When
    account.call(TargetOperations::register, target);
    // Then
    account.time.advance(Duration.ofHours(1));
    account.elb.drained(account.time.instant());
    assertThat(Refusal.group(account.elb.state(), things.blue()).registeredTargets()).hasSize(1);
  }

  @Test
  void targetsOfAGroupThatNoRuleNamesAreUnused() {
    // Given
    Account.Things things = account.things();
    account.call(
        TargetOperations::register,
        "TargetGroupArn",
        things.green(),
        "Targets.member.1.Id",
        "10.16.0.5");
    // When, then
    assertThat(account.call(TargetOperations::describeHealth, "TargetGroupArn", things.green()))
        .contains("<State>unused</State>", "Target.NotInUse");
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    // Given
    Account.Things things = account.things();
    account.call(
        RuleOperations::modify,
        Account.forward(things.rule(), things.blue(), "1", things.green(), "0"));
    account.call(
        TargetOperations::register,
        "TargetGroupArn",
        things.blue(),
        "Targets.member.1.Id",
        "10.16.0.5");
    account.call(TagSet::add, "ResourceArns.member.1", things.rule(), "Tags.member.1.Key", "a");
    // When
    Elb again = new Elb(account.store, account.around);
    // Then
    assertThat(again.state()).isEqualTo(account.elb.state());
  }
}

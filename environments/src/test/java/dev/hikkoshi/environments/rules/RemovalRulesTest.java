package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.PlanDocument;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a definition leaves out is taken away, and nothing else. */
class RemovalRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final Wishes LESS = Wishes.sample("1.36");
  private static final Wishes MORE = LESS.more(true);

  @Test
  void whatALateCallMakesAfterItWasLeftOutGoesToo() {
    // Given: left out while its creation has no answer yet
    Scenario s =
        Scenario.serving(MORE).commit(LESS).until("gone", x -> !groups(x).contains("spot"));

    // When
    s.somebody().addsBeside(OLD, "spot");

    // Then
    s.until("gone again", x -> !groups(x).contains("spot"));

    // When: a person makes one of that name, long afterwards
    s.passes(Duration.ofMinutes(5))
        .somebody()
        .addsBeside(OLD, "spot")
        .passes(Duration.ofMinutes(10));

    // Then
    assertThat(groups(s)).contains("spot");
  }

  @Test
  void whatTheFileHasNoLongerIsTakenAwayOnce() {
    // Given
    Scenario s = Scenario.serving(MORE).forgetDone();

    // When
    s.commit(LESS).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.DeleteNodegroup.class))
        .extracting(Action.DeleteNodegroup::nodegroup)
        .containsExactly("spot");
    assertThat(s.done(Action.RemoveAddon.class))
        .extracting(Action.RemoveAddon::addon)
        .containsExactly("vpc-cni");
    assertThat(s.done(Action.RemoveAccessEntry.class))
        .extracting(Action.RemoveAccessEntry::principalArn)
        .containsExactly(Wishes.VISITORS);
    assertThat(s.done(Action.RemoveAccessPolicy.class))
        .extracting(a -> a.principalArn() + " " + a.policyArn())
        .containsExactly(Wishes.OPERATORS + " edit");
    assertThat(s.done(Action.RemovePodIdentity.class))
        .extracting(a -> a.seen().account())
        .containsExactly("api/api", "web/web");
    assertThat(s.record().cluster(OLD).orElseThrow().dropped()).isEmpty();
  }

  @Test
  void whatIsPutBackIsMadeAgain() {
    // Given
    Scenario s = Scenario.serving(MORE).commit(LESS).passes(Duration.ofMinutes(5)).forgetDone();

    // When
    s.commit(MORE).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.CreateNodegroup.class)).hasSize(1);
    assertThat(s.done(Action.CreateAddon.class)).hasSize(1);
    assertThat(s.record().cluster(OLD).orElseThrow().dropped()).isEmpty();
  }

  @Test
  void whatNoDefinitionEverHadStays() {
    // Given
    Scenario s =
        Scenario.serving(LESS)
            .somebody()
            .addsBeside(OLD, "by-hand")
            .somebody()
            .associates(OLD, "by/hand", "arn:aws:iam::111122223333:role/by-hand")
            .forgetDone();

    // When
    s.commit(LESS.app("a2")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
  }

  @Test
  void aNodeGroupStaysWhileTheOthersCannotCarryItsPods() {
    // Given
    Scenario s = Scenario.serving(MORE).room(OLD, false).forgetDone();

    // When
    s.commit(LESS).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.DeleteNodegroup.class)).isEmpty();
    assertThat(s.said()).contains("room-on-other-nodes");

    // When
    s.room(OLD, true).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.DeleteNodegroup.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepping", "drain"})
  void aNodeGroupStaysWhileSharesAreMoved(String phase) {
    // Given
    Wishes next = MORE.version("1.37");
    Scenario s = Scenario.serving(MORE).commit(next).untilPhase(phase).forgetDone();

    // When
    s.commit(next.more(false)).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.phase()).isEqualTo(phase);
    assertThat(s.done(Action.DeleteNodegroup.class)).isEmpty();
    assertThat(s.said()).contains("shares are being moved");
  }

  @Test
  void inSoakWhereNoShareMovesItGoes() {
    // Given
    Wishes next = MORE.version("1.37");
    Scenario s = Scenario.serving(MORE).commit(next).untilPhase("soak").forgetDone();

    // When
    s.commit(next.more(false)).passes(Duration.ofMinutes(3));

    // Then
    assertThat(s.phase()).isEqualTo("soak");
    assertThat(s.done(Action.DeleteNodegroup.class)).hasSize(1);
  }

  @Test
  void anOlderClusterKeepsWhatTheNewestDefinitionHasNoLonger() {
    // Given
    Scenario s = Scenario.serving(MORE).forgetDone();

    // When
    s.commit(LESS.version("1.37")).untilPhase("soak");

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
  }

  @Test
  void aPlanNamesWhatGoes() {
    // Given
    Scenario s = Scenario.serving(MORE);

    // When
    PlanDocument plan = PlanDocument.of(LESS.desired(), s.record());

    // Then
    assertThat(plan.dangers())
        .contains(
            "deletes node group spot of %s, once its pods fit on the other nodes".formatted(OLD),
            "%s cannot enter %s any more".formatted(Wishes.VISITORS, OLD),
            "pods of service account web/web in %s have no role in AWS any more".formatted(OLD));
    assertThat(plan.items())
        .extracting(PlanDocument.Item::what)
        .contains(
            "delete node group spot",
            "delete access entry " + Wishes.VISITORS,
            "delete Pod Identity association web/web",
            "take policy edit from " + Wishes.OPERATORS);
  }

  private static List<String> groups(Scenario s) {
    return s.observed().orElseThrow().clusters().known().orElse(List.of()).stream()
        .filter(c -> c.name().equals(OLD))
        .flatMap(c -> c.nodegroups().known().orElse(List.of()).stream())
        .map(ClusterSeen.NodegroupSeen::name)
        .toList();
  }
}

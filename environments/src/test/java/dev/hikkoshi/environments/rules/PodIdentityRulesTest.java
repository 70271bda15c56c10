package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Service accounts have their roles before their pods come, and the roles that the file says. */
class PodIdentityRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";
  private static final Wishes LESS = Wishes.sample("1.36");
  private static final Wishes MORE = LESS.more(true);

  @Test
  void aNewClusterHasThemWithoutAnybodysDoing() {
    // Given
    Scenario s = Scenario.serving(MORE).forgetDone();

    // When
    s.commit(MORE.version("1.37")).untilPhase("soak");

    // Then
    assertThat(roles(s, NEW)).containsExactlyElementsOf(roles(s, OLD)).hasSize(2);
    assertThat(s.done(Action.CreatePodIdentity.class))
        .extracting(a -> a.cluster().name())
        .containsOnly(NEW);
  }

  @Test
  void rule2AClusterWithoutThemIsNotFilled() {
    // Given
    Scenario s = Scenario.with(LyingGateways::withoutPodIdentities);

    // When
    s.commit(MORE).passes(Duration.ofMinutes(15));

    // Then
    assertThat(s.phase()).isEqualTo("building");
    assertThat(s.said())
        .contains("pod-identities")
        .contains("api/api is not there yet; web/web is not there yet");
    assertThat(s.done(Action.SyncRelease.class)).isEmpty();
  }

  @Test
  void whoeverAsksForNoneNeedsNoRightToListThem() {
    // Given
    Scenario s = Scenario.with(LyingGateways::podIdentitiesUnread);

    // When
    s.commit(LESS).untilPhase("gone");

    // Then
    assertThat(s.done(Action.CreatePodIdentity.class)).isEmpty();
  }

  @Test
  void anotherRoleIsPutRightInPlace() {
    // Given
    Scenario s = Scenario.serving(MORE).forgetDone();

    // When
    s.somebody()
        .associates(OLD, "web/web", "arn:aws:iam::111122223333:role/other")
        .passes(Duration.ofMinutes(3));

    // Then
    assertThat(s.done(Action.ChangePodIdentity.class))
        .extracting(Action.ChangePodIdentity::why)
        .containsExactly(
            "service account web/web: role arn:aws:iam::111122223333:role/other becomes"
                + " arn:aws:iam::111122223333:role/web");
    assertThat(roles(s, OLD)).contains("web/web arn:aws:iam::111122223333:role/web");
  }

  @Test
  void whatAnAddOnOwnsIsToldAndLeftAlone() {
    // Given
    Scenario s = Scenario.with(LyingGateways::podIdentitiesOfAnAddon);

    // When
    s.commit(MORE).passes(Duration.ofMinutes(15));

    // Then
    assertThat(s.phase()).isEqualTo("building");
    assertThat(s.said()).contains("it belongs to the add-on arn:addon");
    assertThat(s.done(Action.ChangePodIdentity.class)).isEmpty();
  }

  private static List<String> roles(Scenario s, String cluster) {
    return s.observed().orElseThrow().clusters().known().orElse(List.of()).stream()
        .filter(c -> c.name().equals(cluster))
        .flatMap(
            c -> c.podIdentities().known().orElse(List.<ClusterSeen.PodIdentitySeen>of()).stream())
        .map(p -> p.account() + " " + p.roleArn())
        .toList();
  }
}

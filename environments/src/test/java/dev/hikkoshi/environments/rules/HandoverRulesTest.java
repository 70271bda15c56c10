package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.TakeBack;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment is handed over: tags go, everything else stays, and nothing is taken again. */
class HandoverRulesTest {

  private static final String OLD = "shop-1-36-1";

  private static Leave leave(Scenario s) {
    return new Leave("miyake", "we go on without", s.now());
  }

  private static List<String> journal(Scenario s) {
    return s.record().journal().stream().map(JournalEntry::text).toList();
  }

  @Test
  void tagsGoAndEverythingElseStays() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();
    String web = s.sides("web").toString();
    String api = s.sides("api").toString();

    // When
    s.asks(leave(s)).until("it is handed over", x -> x.record().handedOver());

    // Then
    assertThat(s.tagged()).isFalse();
    assertThat(s.done())
        .hasSize(2)
        .allMatch(a -> a instanceof Action.UntagCluster || a instanceof Action.UntagGroup);
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.sides("web")).hasToString(web);
    assertThat(s.sides("api")).hasToString(api);
  }

  @Test
  void whatIsLeftIsToldWithItsOwner() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.asks(leave(s)).until("it is handed over", x -> x.record().handedOver());

    // Then
    Handover left = s.record().handover().orElseThrow();
    assertThat(left.author()).isEqualTo("miyake");
    assertThat(((Handover.Done) left).left())
        .anyMatch(l -> l.startsWith("EKS cluster " + OLD + " (arn:") && l.contains("protection"))
        .anyMatch(l -> l.contains("Helm releases in " + OLD))
        .anyMatch(l -> l.startsWith("DNS name www.example.com") && l.contains(OLD + " 100"))
        .anyMatch(l -> l.startsWith("listener rule arn:rule") && l.contains(OLD + " 100"))
        .anyMatch(l -> l.startsWith("target group arn:tg:" + OLD) && l.contains("Binding"));
  }

  @Test
  void nothingIsManagedAfterwardsWhateverIsCommitted() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));
    s.asks(leave(s)).until("it is handed over", x -> x.record().handedOver()).forgetDone();

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.record().blank()).isTrue();
    assertThat(s.record().nextNumber()).isEqualTo(2);
    assertThat(s.said()).contains("handed over, as asked by miyake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"building", "syncing", "attached", "warm", "stepping", "soak", "drain"})
  void itIsRefusedWhileAMoveIsUnderWay(String phase) {
    // Given
    Scenario s = Scenario.moving(phase);

    // When
    s.asks(leave(s)).passes(Duration.ofSeconds(5));

    // Then
    assertThat(s.record().handover()).isEmpty();
    assertThat(s.done()).noneMatch(Action.UntagCluster.class::isInstance);
    assertThat(journal(s)).anyMatch(t -> t.startsWith("handover refused: the move to"));
  }

  @Test
  void anOldClusterThatWaitsForItsEndIsHandedOverToo() {
    // Given
    Scenario s = Scenario.moving("retiring").forgetDone();

    // When
    s.asks(leave(s)).until("it is handed over", x -> x.record().handedOver());

    // Then
    assertThat(s.done(Action.UntagCluster.class)).hasSize(2);
    assertThat(s.clusters()).containsExactly(OLD, "shop-1-37-2");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OBSERVE", "PLAN"})
  void whereNothingWasOursOnlyTheRecordGoes(Mode mode) {
    // Given
    Scenario s = Scenario.calm().commit(Wishes.sample("1.36").mode(mode)).pass();

    // When
    s.asks(leave(s)).passes(Duration.ofSeconds(3));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.record().handedOver()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OBSERVE", "PLAN"})
  void tagsWaitForModeActToComeOff(Mode mode) {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.commit(Wishes.sample("1.36").mode(mode)).asks(leave(s)).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.tagged()).isTrue();
    assertThat(s.said()).contains("taking them off is a write: it is done in mode act");

    // When
    s.commit(Wishes.sample("1.36")).until("it is handed over", x -> x.record().handedOver());

    // Then
    assertThat(s.tagged()).isFalse();
  }

  @Test
  void aFolderThatIsGoneCanStillBeHandedOver() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.stale("orphaned: no source defines shop any more").asks(leave(s));
    s.until("it is handed over", x -> x.record().handedOver());

    // Then
    assertThat(s.tagged()).isFalse();
  }

  @Test
  void askingTwiceIsAskingOnce() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));
    EnvironmentRecord once = leave(s).on(s.record());

    // Then
    assertThat(leave(s).on(once)).isEqualTo(once);
  }

  @Test
  void whatIsTakenBackBeforeItsTagsAreOffGoesOnAsItWas() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.asks(leave(s)).asks(new TakeBack("ann", "not yet", s.now()));
    s.commit(Wishes.sample("1.37")).untilPhase("stepping");

    // Then
    assertThat(s.done()).noneMatch(Action.UntagCluster.class::isInstance);
  }

  @Test
  void whatIsTakenBackAfterwardsBeginsAnewWithANumberThatWasNeverUsed() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));
    s.asks(leave(s)).until("it is handed over", x -> x.record().handedOver()).forgetDone();

    // When
    s.asks(new TakeBack("ann", "we try again", s.now())).passes(Duration.ofSeconds(5));

    // Then
    assertThat(s.done(Action.CreateCluster.class))
        .extracting(a -> a.spec().name())
        .containsExactly("shop-1-36-2");
    assertThat(journal(s)).contains("taken back: we try again");
  }
}

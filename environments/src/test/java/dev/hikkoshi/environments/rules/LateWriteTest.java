package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 4: a write of ours that takes effect after a newer one is not a stranger's. */
class LateWriteTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private final SlowDns slow = new SlowDns();

  /** The first percent is there. */
  private Scenario stepping() {
    return Scenario.with(g -> g.with(slow.over(g.dns())))
        .commit(Wishes.sample("1.36"))
        .untilPhase("gone")
        .commit(Wishes.sample("1.37"))
        .untilPhase("stepping")
        .untilShare("web", 1);
  }

  /** The fifth percent was asked for, nobody knows whether it is there, and traffic goes home. */
  private Scenario overtaken() {
    Scenario s = stepping();
    slow.down = true;
    s.until("a write without an answer", _ -> !slow.onTheWay.isEmpty());
    slow.down = false;
    s.asks(new GoHome("miyake", "it looks wrong", s.now()));
    return s.until("home", now -> now.sides("web").share(OLD) == 1);
  }

  @Test
  void anOlderWriteThatComesLateHoldsNothingAndIsWrittenOver() {
    // Given
    Scenario s = overtaken();

    // When
    s.somebody().writes(slow.onTheWay).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.phase()).isEqualTo("returned");
  }

  @Test
  void aWriteThatTookItsTimeMayBeFollowedByAnAnswerFromBeforeIt() {
    // Given: asked for, on its way for most of a minute, and there
    Scenario s = stepping().pass();
    slow.seen = slow.shown;
    slow.down = true;
    s.until("a write without an answer", _ -> !slow.onTheWay.isEmpty());
    slow.down = false;
    slow.blind = true;
    s.passes(Duration.ofSeconds(50)).somebody().writes(slow.onTheWay);
    slow.blind = false;
    s.pass().passes(Duration.ofSeconds(20));

    // When
    slow.shown = slow.seen;
    slow.behind = true;
    s.pass();

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.said()).contains("older than our last write");
  }

  @Test
  void aWriteThatMayComeIsInTheJournalAlsoAfterOneThatWasRefused() {
    // Given
    Scenario s = stepping();
    slow.refused = true;
    s.until("a write is refused", x -> endings(x).contains(Fact.Ending.REFUSED));

    // When
    slow.refused = false;
    slow.down = true;
    s.until("a write without an answer", _ -> !slow.onTheWay.isEmpty()).pass();

    // Then
    assertThat(endings(s)).containsSubsequence(Fact.Ending.REFUSED, Fact.Ending.UNCLEAR);
  }

  @Test
  void aReturnDoesNotWaitForWhatWasRefusedOnTheWayThere() {
    // Given: tried again every five minutes by now
    Scenario s = stepping();
    slow.refused = true;
    s.passes(Duration.ofMinutes(20));
    slow.refused = false;

    // When
    s.asks(new GoHome("miyake", "it looks wrong", s.now())).pass();

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  private static List<Fact.Ending> endings(Scenario s) {
    return s.record().journal().stream()
        .flatMap(entry -> entry.fact().stream())
        .filter(Fact.Effect.class::isInstance)
        .map(Fact.Effect.class::cast)
        .filter(effect -> effect.key().equals("weights web"))
        .map(Fact.Effect::ending)
        .toList();
  }

  @Test
  void whatWasMetStaysOursForAsLongAsItIsThere() {
    // Given: it came late, and home has no pods to take its share back
    Scenario s = overtaken().sick(OLD, true).somebody().writes(slow.onTheWay).pass().pass();
    assertThat(s.record().holds())
        .extracting(Hold::reason)
        .containsExactly(Hold.Reason.HOME_TOO_SMALL);

    // When: nobody can look for longer than a write may be late
    slow.blind = true;
    s.passes(Duration.ofMinutes(2));
    slow.blind = false;
    s.pass();

    // Then
    assertThat(s.record().holds())
        .extracting(Hold::reason)
        .doesNotContain(Hold.Reason.FOREIGN_WRITE);

    // When
    s.sick(OLD, false);

    // Then
    s.until("home again", now -> now.sides("web").share(OLD) == 1);
  }

  /** A step was written, and an answer shows what was there before it. */
  private Scenario behind() {
    Scenario s = stepping().pass();
    slow.seen = slow.shown;
    s.untilShare("web", 5);
    slow.shown = slow.seen;
    return s;
  }

  @Test
  void theWayHomeIsToldAsLongAsAWriteMayStillCome() {
    // Given
    Scenario s =
        Scenario.with(g -> g.with(slow.over(g.dns())))
            .commit(Wishes.sample("1.36"))
            .untilPhase("gone")
            .commit(Wishes.sample("1.37"))
            .untilPhase("syncing");
    slow.seen = slow.shown;
    s.untilPhase("warm");
    slow.down = true;
    s.until("a write without an answer", _ -> !slow.onTheWay.isEmpty());

    // When: a look shows home alone, as it was before the new side was put beside it
    slow.shown = slow.seen;
    slow.behind = true;
    s.pass();

    // Then: the write may take effect at any moment
    assertThat(s.record().route("web").orElseThrow().wayHome()).isPresent();
  }

  @Test
  void theWayHomeNamesNothingThatOnlyAnOldAnswerStillShows() {
    // Given: a third side is taken off the name
    Scenario s =
        stepping()
            .commit(Wishes.sample("1.36"))
            .untilPhase("returned")
            .commit(Wishes.sample("1.38"))
            .untilPhase("stepping")
            .untilShare("web", 1)
            .somebody()
            .putsBack(NEW, 30)
            .pass()
            .resume(true);
    while (s.sides("web").side(NEW).isPresent()) {
      slow.seen = slow.shown;
      s.pass();
    }
    s.pass();
    List<String> told = way(s);
    assertThat(told.getFirst()).doesNotContain(NEW);

    // When
    slow.shown = slow.seen;
    slow.behind = true;
    s.pass();

    // Then
    assertThat(s.said()).contains("older than our last write");
    assertThat(way(s)).isEqualTo(told);
  }

  private static List<String> way(Scenario s) {
    return s.record().route("web").orElseThrow().wayHome().orElseThrow().commands();
  }

  @Test
  void anAnswerThatIsOlderThanOurWriteIsNotSomebodysWrite() {
    // Given
    Scenario s = behind();
    slow.behind = true;

    // When
    s.pass().pass();

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.said()).contains("older than our last write");

    // When
    slow.behind = false;

    // Then
    s.untilPhase("soak");
    assertThat(s.record().holds()).isEmpty();
  }

  @Test
  void aReturnThatMeetsSuchAnAnswerGoesHomeWithTheNextOne() {
    // Given
    Scenario s = behind();
    slow.behind = true;
    s.commit(Wishes.sample("1.36")).pass().pass();

    // When
    slow.behind = false;
    s.pass().pass();

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.record().holds()).isEmpty();
    s.untilPhase("returned");
  }

  @Test
  void afterTwoMinutesWhatWasThereBeforeIsWhatSomebodyPutBack() {
    // Given
    Scenario s = behind();

    // When
    s.passes(Duration.ofSeconds(121))
        .somebody()
        .weighs("web", NEW, 1)
        .somebody()
        .weighs("web", OLD, 99)
        .pass();

    // Then
    assertThat(s.said()).contains("somebody else wrote weights").contains(NEW + " 1");
  }

  @Test
  void afterAMinuteTheSameWeightsAreSomebodyElses() {
    // Given
    Scenario s = overtaken().passes(Duration.ofMinutes(2));

    // When
    s.somebody().writes(slow.onTheWay).pass();

    // Then
    assertThat(s.said()).contains("somebody else wrote weights").contains(NEW + " 5");
  }
}

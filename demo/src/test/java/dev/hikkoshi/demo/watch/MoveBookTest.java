package dev.hikkoshi.demo.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.demo.watch.StepSeen.Kind;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.RouteProgress.Judged;
import dev.hikkoshi.environments.move.RouteProgress.Settling;
import dev.hikkoshi.environments.move.RouteProgress.Watching;
import dev.hikkoshi.environments.move.RouteProgress.Writing;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MoveBookTest {

  /** The step of a return that gives home everything. */
  private static final int HOME = Step.HOMEWARDS.size();

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration DWELL = Duration.ofSeconds(8);

  private final MoveBook book = new MoveBook();
  private List<JournalEntry> journal = List.of();

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private void see(String move, MovePhase phase, RouteProgress progress) {
    see(move, phase, new RouteMove(false, progress));
  }

  private void see(String move, MovePhase phase, RouteMove web) {
    List<Step> steps = Stream.of(25, 100).map(percent -> new Step(percent, DWELL, DWELL)).toList();
    MoveRecord record =
        new MoveRecord(
            move,
            Optional.of("old"),
            "new",
            "c0ffee",
            START,
            phase,
            steps,
            new TreeMap<>(Map.of("web", web)),
            new TreeMap<>(),
            false);
    EnvironmentRecord shop = EnvironmentRecord.fresh("shop").with(record);
    for (JournalEntry e : journal) {
      shop = shop.log(e.at(), e.author(), e.text(), e.requestId(), e.fact());
    }
    book.add(new Seen(START, shop, List.of(), List.of(), List.of()));
  }

  @Test
  void aShareHoldsFromEffectiveToTheNextWrite() {
    // Given
    MovePhase stepping = new MovePhase.Stepping(at(0));
    // When
    see("m", stepping, new Writing(1, at(1)));
    see("m", stepping, new Settling(1, at(2), Optional.of("C1"), Optional.empty()));
    see("m", stepping, new Settling(1, at(2), Optional.of("C1"), Optional.of(at(3))));
    see("m", stepping, new Watching(1, at(5)));
    see("m", stepping, new Judged(1, at(5), at(14), "fine"));
    see("m", stepping, new Writing(2, at(15)));
    // Then
    assertThat(book.steps()).hasSize(2);
    StepSeen first = book.steps().getFirst();
    assertThat(first.percent()).isEqualTo(25);
    assertThat(first.gaining()).isEqualTo("new");
    assertThat(first.writtenAt()).contains(at(2));
    assertThat(first.insync()).contains(Duration.ofSeconds(1));
    assertThat(first.effectiveAt()).contains(at(5));
    assertThat(first.judgedAt()).contains(at(14));
    assertThat(first.endsAt()).contains(at(15));
    assertThat(first.cut()).isFalse();
    assertThat(book.steps().getLast().endsAt()).isEmpty();
  }

  @Test
  void aStepThatNoStatusShowsAsJudgedIsJudgedInTheJournal() {
    // Given
    MovePhase stepping = new MovePhase.Stepping(at(0));
    see("m", stepping, new Watching(1, at(5)));
    Fact verdict = new Fact.Judged("web", 25);
    journal =
        List.of(
            new JournalEntry(
                at(14), "m", JournalEntry.HIKKOSHI, "24.9 %", "", Optional.of(verdict)));
    // When
    see("m", stepping, new Writing(2, at(15)));
    // Then
    assertThat(book.steps().getFirst().judgedAt()).contains(at(14));
    assertThat(book.steps().getLast().judgedAt()).isEmpty();
  }

  @Test
  void takingTheOldSideOutDoesNotEndTheWholeShare() {
    // Given
    see("m", new MovePhase.Stepping(at(0)), new Watching(2, at(5)));
    // When
    see("m", new MovePhase.Drain(at(20)), new Writing(3, at(21)));
    // Then
    assertThat(book.steps()).singleElement().satisfies(s -> assertThat(s.endsAt()).isEmpty());
  }

  @Test
  void aRevertCutsTheStepThatWasNotJudged() {
    // Given
    see("m", new MovePhase.Stepping(at(0)), new Watching(1, at(5)));
    // When
    see("m", new MovePhase.Returning(at(7)), new RouteProgress.Waiting());
    see(
        "m",
        new MovePhase.Returning(at(7)),
        new Settling(HOME, at(8), Optional.empty(), Optional.empty()));
    see("m", new MovePhase.Returned(at(12)), new Judged(HOME, at(10), at(11), "home"));
    see("n", new MovePhase.Stepping(at(30)), new Writing(1, at(31)));
    // Then
    StepSeen cut = book.steps().getFirst();
    assertThat(cut.cut()).isTrue();
    assertThat(cut.endsAt()).contains(at(7));
    StepSeen home = book.steps().get(1);
    assertThat(home.kind()).isEqualTo(Kind.RETURN);
    assertThat(home.gaining()).isEqualTo("old");
    assertThat(home.percent()).isEqualTo(100);
    assertThat(home.writtenAt()).contains(at(8));
    assertThat(home.endsAt()).contains(at(31));
  }

  @Test
  void aReturnByStepsHasAShareForEach() {
    // Given
    MovePhase returning = new MovePhase.Returning(at(7));
    see("m", returning, new Settling(3, at(8), Optional.empty(), Optional.empty()));
    // When
    see("m", returning, new Settling(HOME, at(20), Optional.empty(), Optional.empty()));
    // Then
    assertThat(book.steps()).extracting(StepSeen::percent).containsExactly(30, 100);
    assertThat(book.steps().getFirst().endsAt()).contains(at(20));
  }

  @Test
  void aStepThatNobodyWatchesWasEffectiveWhenTheNextBegan() {
    // Given
    MovePhase returning = new MovePhase.Returning(at(7));
    see("m", returning, new Settling(HOME, at(8), Optional.empty(), Optional.empty()));
    // When
    see("m", returning, new Settling(HOME + 1, at(11), Optional.empty(), Optional.empty()));
    // Then
    assertThat(book.steps())
        .singleElement()
        .satisfies(home -> assertThat(home.effectiveAt()).contains(at(11)));
  }

  @Test
  void theFirstClusterHasNoSteps() {
    see("m", new MovePhase.Stepping(at(0)), new RouteMove(true, new Watching(1, at(5))));
    assertThat(book.steps()).isEmpty();
  }

  @Test
  void phasesFollowEachOther() {
    // When
    see("m", new MovePhase.Building(at(0)), new RouteProgress.Waiting());
    see("m", new MovePhase.Building(at(0)), new RouteProgress.Waiting());
    see("m", new MovePhase.Syncing(at(9)), new RouteProgress.Waiting());
    see("n", new MovePhase.Building(at(20)), new RouteProgress.Waiting());
    // Then
    assertThat(book.phases())
        .containsExactly(
            new PhaseSeen("m", "building", at(0), Optional.of(at(9))),
            new PhaseSeen("m", "syncing", at(9), Optional.empty()),
            new PhaseSeen("n", "building", at(20), Optional.empty()));
  }
}

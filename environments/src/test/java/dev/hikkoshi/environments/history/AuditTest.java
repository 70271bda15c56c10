package dev.hikkoshi.environments.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Fact.Ending;
import dev.hikkoshi.environments.record.Fact.Weights;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The journal of a real move breaks no rule; with one line changed it breaks the one it should. */
class AuditTest {

  private static final String HOME = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static List<JournalEntry> move = List.of();

  @BeforeAll
  static void aWholeMove() {
    Scenario s = Scenario.moving("soak");
    move = s.record().journal().stream().filter(e -> e.move().equals(s.move().id())).toList();
  }

  @Test
  void aWholeMoveBreaksNothing() {
    // Given, When
    Audit audit = Audit.of(move);

    // Then
    assertThat(audit.breaches()).isEmpty();
    assertThat(audit.writes()).isGreaterThanOrEqualTo(20);
    assertThat(audit.facts()).isGreaterThanOrEqualTo(36);
    assertThat(audit.summary()).startsWith("no rule was broken by ");
  }

  @Test
  void rule1AStepIsNotSkipped() {
    assertThat(broken(changed(raises("web", 5), e -> to(e, 25)))).contains(1);
  }

  @Test
  void rule14WhatIsToldOfARouteIsAboutThatRoute() {
    // Given
    UnaryOperator<JournalEntry> ofAnother =
        e -> {
          Fact.Effect effect = (Fact.Effect) e.fact().orElseThrow();
          String key = "weights api";
          return line(e, new Fact.Effect(effect.intent(), key, effect.ending(), effect.weights()));
        };

    // Then
    assertThat(broken(changed(raises("web", 5), ofAnother))).contains(14);
  }

  @Test
  void rule1NobodyWithoutWeight() {
    assertThat(broken(changed(raises("web", 5), e -> weights(e, 0, 0)))).contains(1);
  }

  @Test
  void rule2NoShareBeforeThePhaseOfShares() {
    assertThat(broken(without(e -> e.phase().filter("stepping"::equals).isPresent()))).contains(2);
  }

  @Test
  void rule2PhasesFollowEachOther() {
    assertThat(broken(without(e -> e.phase().filter("warm"::equals).isPresent()))).contains(2);
  }

  @Test
  void rule2AReturnEndsAwayFromHomeOnlyWhereNoHomeIs() {
    // Given
    JournalEntry last = move.getLast();
    JournalEntry began =
        move.stream()
            .filter(e -> e.fact().orElse(null) instanceof Fact.Began)
            .findFirst()
            .orElseThrow();
    List<JournalEntry> over =
        List.of(began, line(last, new Fact.Phase("returning")), line(last, new Fact.Phase("gone")));
    List<JournalEntry> held =
        List.of(
            began,
            line(last, new Fact.Phase("returning")),
            line(last, new Fact.Held(Hold.Reason.HOME_GONE, "shop-1-36-1")),
            line(last, new Fact.Phase("gone")));

    // When, Then
    assertThat(broken(over)).containsExactly(2);
    assertThat(broken(held)).isEmpty();
  }

  @Test
  void rule3BothSidesInOneWrite() {
    assertThat(broken(changed(raises("api", 5), e -> weights(e, 99, 5)))).contains(3);
  }

  @Test
  void rule4WhatIsReplacedIsWhatWasKnown() {
    assertThat(broken(without(raises("web", 5)))).contains(4);
  }

  @Test
  void rule4AnAnswerThatWasLostExplainsWhatIsThere() {
    // Given
    List<JournalEntry> lost =
        changed(raises("web", 5), e -> with(e, f -> ended(f, Ending.UNCLEAR)));

    // When, Then: nobody knows since when, so that it cannot have been judged
    assertThat(broken(lost)).doesNotContain(4);
  }

  @Test
  void rule4APersonHoldsTraffic() {
    // Given
    List<JournalEntry> held = new ArrayList<>(move);
    held.add(
        indexOf(raises("web", 5)),
        line(move.getFirst(), new Fact.Held(Hold.Reason.PERSON, "shop")));

    // When, Then
    assertThat(broken(held)).contains(4);
  }

  @Test
  void rule5AStepLasts() {
    // Given
    JournalEntry one = move.get(indexOf(raises("web", 1)));

    // When, Then
    assertThat(
            broken(
                changed(
                    raises("web", 5),
                    e ->
                        new JournalEntry(
                            one.at().plus(Duration.ofSeconds(20)),
                            e.move(),
                            e.author(),
                            e.text(),
                            e.requestId(),
                            e.fact()))))
        .contains(5);
  }

  @Test
  void rule5AStepIsJudged() {
    assertThat(
            broken(without(e -> e.judged().filter(new Fact.Judged("api", 25)::equals).isPresent())))
        .contains(5);
  }

  @Test
  void rule10AReturnGoesHome() {
    // Given
    List<JournalEntry> back = new ArrayList<>(move);
    back.add(indexOf(raises("web", 5)), line(move.getFirst(), new Fact.Phase("returning")));

    // When, Then
    assertThat(broken(back)).contains(10);
  }

  @Test
  void rule13WhatServesIsNotTakenDown() {
    // Given
    List<JournalEntry> deleted = new ArrayList<>(move);
    deleted.add(line(move.getLast(), effect("x/1", "DeleteCluster " + NEW)));
    deleted.add(line(move.getLast(), new Fact.Retires(NEW, false)));

    // When, Then
    assertThat(broken(deleted)).containsExactlyInAnyOrder(13, 13, 13, 13);
  }

  @Test
  void rule13WhatHasNoWeightMayGo() {
    // Given
    List<JournalEntry> deleted = new ArrayList<>(move);
    deleted.add(line(move.getLast(), effect("x/1", "DeleteCluster " + HOME)));

    // When, Then
    assertThat(broken(deleted)).isEmpty();
  }

  @Test
  void rule14AnIntentEndsOnce() {
    // Given
    List<JournalEntry> twice = new ArrayList<>(move);
    twice.add(move.get(indexOf(e -> e.fact().filter(Fact.Effect.class::isInstance).isPresent())));

    // When, Then
    assertThat(broken(twice)).contains(14);
  }

  @Test
  void rule16NothingIsWrittenInAModeThatOnlyLooks() {
    // Given
    List<JournalEntry> observed = new ArrayList<>(move);
    observed.add(indexOf(raises("web", 25)), line(move.getFirst(), new Fact.InMode(Mode.PLAN)));

    // When, Then
    assertThat(broken(observed)).contains(16);
  }

  @Test
  void aJournalThatBeginsInTheMiddleIsReadFromThere() {
    assertThat(broken(move.subList(indexOf(raises("web", 5)), move.size()))).isEmpty();
  }

  private static List<Integer> broken(List<JournalEntry> journal) {
    return Audit.of(journal).breaches().stream().map(Breach::rule).toList();
  }

  /** The write that gives the new side so much of a route. */
  private static Predicate<JournalEntry> raises(String route, int percent) {
    return e ->
        e.fact()
            .filter(Fact.Effect.class::isInstance)
            .flatMap(f -> ((Fact.Effect) f).weights())
            .filter(w -> w.route().equals(route) && w.after().getOrDefault(NEW, 0) == percent)
            .isPresent();
  }

  private static int indexOf(Predicate<JournalEntry> wanted) {
    for (int i = 0; i < move.size(); i++) {
      if (wanted.test(move.get(i))) {
        return i;
      }
    }
    throw new AssertionError("no such line");
  }

  private static List<JournalEntry> changed(
      Predicate<JournalEntry> which, UnaryOperator<JournalEntry> how) {
    List<JournalEntry> all = new ArrayList<>(move);
    int at = indexOf(which);
    all.set(at, how.apply(move.get(at)));
    return all;
  }

  private static List<JournalEntry> without(Predicate<JournalEntry> which) {
    List<JournalEntry> all = new ArrayList<>(move);
    all.remove(indexOf(which));
    return all;
  }

  private static JournalEntry to(JournalEntry e, int percent) {
    return weights(e, 100 - percent, percent);
  }

  private static JournalEntry weights(JournalEntry e, int home, int next) {
    return with(
        e,
        effect -> {
          Weights w = effect.weights().orElseThrow();
          var after = Sorted.copyOf(Map.of(HOME, home, NEW, next));
          return new Fact.Effect(
              effect.intent(),
              effect.key(),
              effect.ending(),
              Optional.of(new Weights(w.route(), w.before(), after)));
        });
  }

  private static JournalEntry with(JournalEntry e, UnaryOperator<Fact.Effect> how) {
    return line(e, how.apply((Fact.Effect) e.fact().orElseThrow()));
  }

  private static JournalEntry line(JournalEntry like, Fact fact) {
    return new JournalEntry(
        like.at(), like.move(), like.author(), like.text(), like.requestId(), Optional.of(fact));
  }

  private static Fact.Effect ended(Fact.Effect effect, Ending ending) {
    return new Fact.Effect(effect.intent(), effect.key(), ending, effect.weights());
  }

  private static Fact.Effect effect(String intent, String key) {
    return new Fact.Effect(intent, key, Ending.DONE, Optional.empty());
  }
}

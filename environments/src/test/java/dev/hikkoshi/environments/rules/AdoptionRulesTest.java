package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster that was there before becomes the first one, and is home of the first move. */
class AdoptionRulesTest {

  private static final String LEGACY = Wishes.LEGACY;
  private static final String NEXT = "shop-1-37-2";
  private static final Wishes ADOPTS = Wishes.sample("1.36").adopting();
  private static final Wishes MOVES = Wishes.sample("1.37").adopting();
  private static final OwnerMark MARK =
      new OwnerMark("a-www.example.com", Optional.empty(), "main", "ingress/web/web");

  private static Scenario before() {
    return Scenario.calm().before(Optional.empty());
  }

  private static Scenario adopted() {
    return before().commit(ADOPTS).passes(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OBSERVE", "PLAN"})
  void inObserveAndPlanNothingIsWrittenAndWhatWouldBeIsTold(Mode mode) {
    // Given, When
    Scenario s = before().commit(ADOPTS.mode(mode)).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.tags(LEGACY)).isEmpty();
    assertThat(s.plan().actions())
        .hasAtLeastOneElementOfType(Action.TagCluster.class)
        .hasAtLeastOneElementOfType(Action.SyncRelease.class)
        .noneMatch(Action.TrafficWrite.class::isInstance);
    EnvironmentRecord fresh = EnvironmentRecord.fresh(Wishes.ENVIRONMENT);
    assertThat(s.record()).usingRecursiveComparison().ignoringFields("journal").isEqualTo(fresh);
  }

  @Test
  void actWritesTheTagsFirstAndThenNothingButReleases() {
    // Given
    Scenario s = before();
    List<RecordSeen> records = s.records();
    Sides api = s.sides("api");

    // When
    s.commit(ADOPTS).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done().getFirst()).isInstanceOf(Action.TagCluster.class);
    assertThat(s.done(Action.TagCluster.class)).hasSize(1);
    assertThat(s.done().subList(1, s.done().size()))
        .isNotEmpty()
        .allMatch(Action.SyncRelease.class::isInstance);
    assertThat(s.tags(LEGACY))
        .containsEntry(EksGateway.ENVIRONMENT_TAG, "shop")
        .containsEntry(EksGateway.NUMBER_TAG, "1");
    assertThat(s.records()).isEqualTo(records);
    assertThat(s.sides("api")).isEqualTo(api);
    assertThat(s.record().cluster(LEGACY).orElseThrow().adopted()).isPresent();
  }

  @Test
  void aFieldThatDiffersIsNamedWithItsLineAndBothValues() {
    // Given, When
    Scenario s = before().commit(MOVES).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said())
        .contains("shop/cluster.yaml:5:12: metadata.version is 1.37, EKS says 1.36");
  }

  @Test
  void aClusterFileThatAsksForMoreThanThereIsAdoptsNothing() {
    // Given, When
    Scenario s = before().commit(ADOPTS.more(true)).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said())
        .contains("node group main of the cluster file is not there, or not as it says")
        .contains("node group spot of the cluster file is not there")
        .contains("add-on vpc-cni of the cluster file is not there")
        .contains("access entry " + Wishes.OPERATORS + " of the cluster file is not there");
  }

  @Test
  void aClusterOfAnotherEnvironmentIsNotAdopted() {
    // Given
    Scenario s = before().somebody().tags(LEGACY, EksGateway.ENVIRONMENT_TAG, "search");

    // When
    s.commit(ADOPTS).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("belongs to the environment search");
  }

  @Test
  void aClusterThatIsNotThereIsNotBuilt() {
    // Given, When
    Scenario s = Scenario.calm().commit(ADOPTS).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("EKS has no cluster " + LEGACY);
  }

  @Test
  void anEnvironmentThatHasAClusterAdoptsNoneAndGoesOn() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).before(Optional.empty()).forgetDone();

    // When
    s.commit(ADOPTS.app("a2")).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.said()).contains("only its first one is adopted");
    assertThat(s.done(Action.SyncRelease.class)).isNotEmpty();
    assertThat(s.done(Action.TagCluster.class)).isEmpty();
  }

  @Test
  void theFirstWriteTurnsTheSimpleRecordIntoAWeightedOneWithAllOfTheShare() {
    // Given
    Scenario s = adopted();
    List<RecordSeen> simple = s.records();

    // When
    s.commit(MOVES).untilPhase("warm");

    // Then
    Action.WriteRecords first = s.done(Action.WriteRecords.class).getFirst();
    assertThat(first.deletes()).isEqualTo(simple);
    assertThat(first.creates()).extracting(RecordSeen::weight).contains(OptionalInt.of(100));
    assertThat(s.sides("web").share(LEGACY)).isEqualTo(1);
    assertThat(s.sides("api").share(LEGACY)).isEqualTo(1);
    assertThat(s.sides("web").side(NEXT)).isPresent();
    assertThat(first.creates())
        .filteredOn(r -> r.weight().equals(OptionalInt.of(100)))
        .extracting(r -> r.setIdentifier().orElse(""), RecordSeen::alias)
        .containsExactly(tuple(LEGACY, simple.getFirst().alias()));
  }

  @Test
  void anIdentifierOfSomebodyElseIsKept() {
    // Given
    Scenario s = Scenario.calm().before(Optional.of("blue")).commit(ADOPTS);

    // When
    s.passes(Duration.ofMinutes(2)).commit(MOVES).untilPhase("soak");

    // Then
    assertThat(s.records())
        .extracting(r -> r.setIdentifier().orElse(""))
        .containsExactlyInAnyOrder("blue", NEXT);
    assertThat(s.sides("web").share(NEXT)).isEqualTo(1);
  }

  @Test
  void eachTypeOfANameGetsBothSides() {
    // Given
    Scenario s = before();
    s.somebody().writes(List.of(s.records().getFirst(), typed(s.records().getFirst(), "AAAA")));

    // When
    s.commit(ADOPTS).passes(Duration.ofMinutes(2)).commit(MOVES).untilPhase("soak");

    // Then
    assertThat(s.records())
        .extracting(r -> r.type() + " " + r.weight().orElse(-1))
        .containsExactlyInAnyOrder("A 0", "A 100", "AAAA 0", "AAAA 100");
  }

  @Test
  void aCnameStaysOneWithItsTtl() {
    // Given
    Scenario s = before();
    RecordSeen alias = s.records().getFirst();
    s.somebody()
        .writes(
            List.of(
                new RecordSeen(
                    alias.name(),
                    "CNAME",
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(60L),
                    List.of(alias.alias().map(AliasSeen::dnsName).orElseThrow()),
                    Optional.empty())));

    // When
    s.commit(ADOPTS).passes(Duration.ofMinutes(2)).commit(MOVES).untilPhase("soak");

    // Then
    assertThat(s.records())
        .extracting(r -> r.type() + " " + r.ttl().orElse(0L))
        .containsExactly("CNAME 60", "CNAME 60");
    assertThat(s.sides("web").share(NEXT)).isEqualTo(1);
  }

  private static RecordSeen typed(RecordSeen r, String type) {
    return new RecordSeen(
        r.name(),
        type,
        r.setIdentifier(),
        r.weight(),
        r.policy(),
        r.alias(),
        r.ttl(),
        r.values(),
        r.healthCheckId());
  }

  @Test
  void weightsBeforeTheFirstMoveAreNobodysAffair() {
    // Given
    Scenario s = Scenario.calm().before(Optional.of("blue")).commit(ADOPTS);
    s.passes(Duration.ofMinutes(2));

    // When
    s.somebody().weighs("web", "blue", 37).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
  }

  @Test
  void weightsSinceTheFirstWriteAreOurs() {
    // Given
    Scenario s = Scenario.calm().before(Optional.of("blue")).commit(ADOPTS);
    s.passes(Duration.ofMinutes(2)).commit(MOVES).untilPhase("warm");

    // When
    s.somebody().weighs("web", "blue", 37).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.said()).contains("somebody else wrote weights");
  }

  @Test
  void aReturnGoesHomeToItInOneWrite() {
    // Given
    Scenario s =
        adopted()
            .commit(MOVES)
            .untilPhase("stepping")
            .untilShare("web", 25)
            .untilShare("api", 25)
            .forgetDone();

    // When
    s.commit(ADOPTS).untilPhase("returned");

    // Then
    assertThat(s.done(Action.WriteRecords.class).getFirst().intended().share(LEGACY)).isEqualTo(1);
    assertThat(s.sides("web").receiving()).containsExactly(LEGACY);
    assertThat(s.sides("api").receiving()).containsExactly(LEGACY);
  }

  @Test
  void tagsThatWereTakenAwayComeBackAndKeepNoTrafficFromGoingHome() {
    // Given
    Scenario s =
        adopted()
            .commit(MOVES)
            .untilPhase("stepping")
            .untilShare("web", 25)
            .untilShare("api", 25)
            .forgetDone();

    // When
    s.somebody().untags(LEGACY).commit(ADOPTS).passes(Duration.ofSeconds(5));

    // Then
    assertThat(s.done(Action.TagCluster.class)).hasSize(1);
    assertThat(s.done()).hasAtLeastOneElementOfType(Action.TrafficWrite.class);
    assertThat(s.tags(LEGACY)).containsEntry(EksGateway.ENVIRONMENT_TAG, "shop");
  }

  @Test
  void aReturnOutOfTheDrainPutsItsGroupAndItsRecordBack() {
    // Given
    Scenario s = adopted().commit(MOVES).untilPhase("drain");
    s.until("it is off", x -> x.sides("api").side(LEGACY).isEmpty());
    s.until("it is off", x -> x.sides("web").side(LEGACY).isEmpty());

    // When
    s.commit(ADOPTS).untilPhase("returned");

    // Then
    assertThat(s.sides("api").receiving()).containsExactly(LEGACY);
    assertThat(s.sides("web").receiving()).containsExactly(LEGACY);
    assertThat(s.done(Action.CreateGroup.class))
        .extracting(Action.CreateGroup::cluster)
        .doesNotContain(LEGACY);
  }

  @Test
  void itEndsAsAnyOtherAndThenTheLineMayGo() {
    // Given
    Scenario s = adopted().commit(MOVES).untilPhase("retiring").passes(Duration.ofMinutes(10));
    assertThat(s.said()).contains("add " + LEGACY + " to retire.approved");

    // When
    s.commit(MOVES.approved(Set.of(LEGACY))).untilPhase("gone").pass();

    // Then
    assertThat(s.clusters()).containsExactly(NEXT);
    assertThat(s.said()).contains("the line adopt may go");
  }

  @Test
  void whatARetirementThatWasCalledOffTookAwayIsPutBackAlsoLater() {
    // Given
    Scenario s = adopted().commit(MOVES).untilPhase("retiring").passes(Duration.ofMinutes(10));
    s.commit(MOVES.approved(Set.of(LEGACY)))
        .until("taken away", x -> !x.done(Action.RemoveBalancerObjects.class).isEmpty());
    s.commit(ADOPTS).until("serves again", x -> x.sides("api").share(LEGACY) == 1);

    // When: nobody but us leads there any more, and that is lost.
    s.forgetDone().somebody().unbinds(LEGACY).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done(Action.Bind.class)).isNotEmpty();
  }

  @Test
  void whatLeadsIntoItBesideTheRoutesKeepsIt() {
    // Given: a rule of nobody's route names its group
    Wishes first = ADOPTS.routes(true, false);
    Wishes next = MOVES.routes(true, false);
    Scenario s = before().commit(first).passes(Duration.ofMinutes(2));

    // When
    s.commit(next).untilPhase("retiring").commit(next.approved(Set.of(LEGACY)));
    s.passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.clusters()).contains(LEGACY);
    assertThat(s.said()).contains("still names arn:tg:theirs");
  }

  @Test
  void aNameThatExternalDnsCallsItsOwnIsNotMovedUntilItLetsGo() {
    // Given
    Scenario s =
        before().somebody().marks(MARK).commit(ADOPTS).passes(Duration.ofMinutes(2)).forgetDone();
    assertThat(s.said())
        .contains("external-dns owns it (owner id main")
        .contains("--policy=upsert-only")
        .contains("delete its marks: TXT a-www.example.com");

    // When, Then
    s.commit(MOVES).passes(Duration.ofMinutes(5));
    assertThat(s.done()).isEmpty();

    // When, Then
    s.somebody().marks().untilPhase("soak");
    assertThat(s.sides("web").share(NEXT)).isEqualTo(1);
  }

  @Test
  void besideARecordOfAnotherPolicyNothingIsWritten() {
    // Given
    Scenario s = before();
    List<RecordSeen> byLatency = s.records().stream().map(AdoptionRulesTest::byLatency).toList();

    // When
    s.somebody().writes(byLatency).commit(ADOPTS).passes(Duration.ofMinutes(2)).forgetDone();
    s.commit(MOVES).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
    assertThat(s.said())
        .contains("plain-records: the A record tokyo is of the policy latency")
        .contains("make it simple or weighted");
  }

  private static RecordSeen byLatency(RecordSeen r) {
    return new RecordSeen(
        r.name(),
        r.type(),
        Optional.of("tokyo"),
        OptionalInt.empty(),
        Optional.of("latency"),
        r.alias(),
        r.ttl(),
        r.values(),
        r.healthCheckId());
  }

  @Test
  void aMarkOfAStrangersOwnRecordStopsNothing() {
    // Given
    OwnerMark theirs =
        new OwnerMark("a-www.example.com", Optional.of("eu"), "eu", "ingress/web/web");

    // When
    Scenario s = before().somebody().marks(theirs).commit(ADOPTS).passes(Duration.ofMinutes(2));

    // Then
    s.commit(MOVES).untilPhase("stepping");
  }

  @Test
  void aRuleThatAControllerKeepsIsNotMoved() {
    // Given
    Scenario s = before().somebody().controls("ingress.k8s.aws/stack: web/shop");
    s.commit(ADOPTS).passes(Duration.ofMinutes(2)).forgetDone();

    // When, Then
    s.commit(MOVES).passes(Duration.ofMinutes(5));
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("ingress.k8s.aws/stack: web/shop").contains("TargetGroupBinding");

    // When, Then
    s.somebody().controls(null).untilPhase("stepping");
  }

  @Test
  void besideAStrangerTheShareIsKeptOrNothingIsWritten() {
    // Given
    Wishes beside = ADOPTS.strangers(Set.of("legacy-eu"));
    Scenario s = Scenario.calm().before(Optional.of("blue")).somebody().addsRecord("legacy-eu", 10);
    s.commit(beside).passes(Duration.ofMinutes(2)).forgetDone();
    Wishes moves = MOVES.strangers(Set.of("legacy-eu"));

    // When, Then
    s.commit(moves).passes(Duration.ofMinutes(5));
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("multiply all weights so that " + LEGACY + " has 100");

    // When, Then
    s.somebody()
        .weighs("web", "blue", 100)
        .somebody()
        .weighs("web", "legacy-eu", 100)
        .untilPhase("warm");
    assertThat(s.sides("web").share(LEGACY)).isEqualTo(0.5);
  }

  @Test
  void whatMustRunOnceGoesOnRunningInIt() {
    // Given, When
    Wishes once = ADOPTS.outside(List.of(Wishes.CLOSE_DAY_ONCE));
    Scenario s = before().commit(once);

    // Then
    for (int i = 0; i < 60; i++) {
      assertThat(s.pass().closingDay()).containsExactly(LEGACY);
    }
  }
}

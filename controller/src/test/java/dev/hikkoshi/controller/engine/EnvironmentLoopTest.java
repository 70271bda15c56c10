package dev.hikkoshi.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.engine.Commands.Command;
import dev.hikkoshi.controller.engine.Turn.State;
import dev.hikkoshi.controller.testing.ScriptedLeads;
import dev.hikkoshi.controller.testing.ToldEvents;
import dev.hikkoshi.controller.upgrade.Proposal;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.simulator.SimulatedRegion;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EnvironmentLoopTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Pace PACE = Pace.of(INTERVAL, Duration.ofSeconds(15), Duration.ofSeconds(8));

  private final SimulatedRegion region = new SimulatedRegion(7);
  private final ToldEvents events = new ToldEvents();
  private final ScriptedLeads leads = new ScriptedLeads();
  private final List<Command> commands = new ArrayList<>();
  private final List<Turn> shown = new ArrayList<>();
  private boolean statusAway;
  private boolean storeAway;
  private boolean undefined;
  private boolean loseAcknowledgements;
  private Wishes wishes = Wishes.sample("1.36");
  private Optional<Wish> instead = Optional.empty();
  private final EnvironmentLoop loop = loop();

  private EnvironmentLoop loop() {
    WishSource source =
        new WishSource() {
          @Override
          public Wish wish(EnvironmentRecord record) {
            return instead.orElseGet(() -> Wish.of(wishes.desired()));
          }

          @Override
          public Mode mode() {
            return wishes.mode();
          }

          @Override
          public boolean undefined() {
            return undefined;
          }

          @Override
          public Optional<Proposal> proposal() {
            return Optional.empty();
          }
        };
    return new EnvironmentLoop(Wishes.ENVIRONMENT, source, parts(), Runnable::run);
  }

  private Parts parts() {
    return new Parts(
        List.of(),
        (_, _) -> List.of(),
        "ap-northeast-1",
        region.gateways(),
        new SometimesAway(),
        Set::of,
        leads,
        new ListedCommands(),
        this::show,
        region.clock(),
        Measuring.standard(),
        PACE,
        events);
  }

  private void show(Wish wish, dev.hikkoshi.environments.loop.Pass.Report report, Turn turn) {
    if (statusAway) {
      throw new IllegalStateException("no answer");
    }
    shown.add(turn);
  }

  private final class SometimesAway implements RecordStore {

    @Override
    public Loaded load(String environment) {
      if (storeAway) {
        throw new RecordException("the management cluster is away");
      }
      return region.records().load(environment);
    }

    @Override
    public String save(EnvironmentRecord record, String version) {
      return region.records().save(record, version);
    }

    @Override
    public void forget(String environment, String version) {
      region.records().forget(environment, version);
    }
  }

  private final class ListedCommands implements Commands {

    @Override
    public List<Command> pending(String environment) {
      return List.copyOf(commands);
    }

    @Override
    public void done(String environment, Command command) {
      if (loseAcknowledgements) {
        throw new RecordStore.RecordException("the acknowledgement was lost");
      }
      commands.remove(command);
    }
  }

  /** Turns at their own times, until something is so. */
  private void until(BooleanSupplier so) {
    for (int turns = 0; !so.getAsBoolean(); turns++) {
      assertThat(turns).as(() -> "turns; last: " + events.turns.getLast()).isLessThan(2_000);
      Turn turn = loop.turn();
      region.pass(Duration.between(region.clock().instant(), turn.next()));
    }
  }

  private boolean phase(Class<? extends MovePhase> phase) {
    return region.record().move().map(MoveRecord::phase).filter(phase::isInstance).isPresent();
  }

  private void served(String version) {
    wishes = wishes.version(version);
    region.wishesAgain();
    until(
        () ->
            (phase(MovePhase.Gone.class) || phase(MovePhase.Retiring.class))
                && region
                    .record()
                    .move()
                    .map(MoveRecord::serving)
                    .flatMap(region.record()::cluster)
                    .filter(c -> c.version().equals(version))
                    .isPresent());
  }

  @Test
  void aMoveGoesFromBuildingToTheEndByTurnsAtTheirOwnTimes() {
    // Given
    served("1.36");
    String old = region.record().move().orElseThrow().serving();

    // When
    served("1.37");

    // Then
    String now = region.record().move().orElseThrow().serving();
    assertThat(now).isNotEqualTo(old);
    assertThat(region.web().receiving()).containsExactly(now);
    assertThat(region.api().receiving()).containsExactly(now);
    assertThat(events.failures).isEmpty();
    assertThat(events.effects).contains("weights web", "weights api");
  }

  @Test
  void everyTurnEndsInAStateWithAReasonAndALaterTime() {
    // When
    served("1.36");
    served("1.37");

    // Then
    assertThat(events.turns)
        .allSatisfy(
            turn -> {
              assertThat(turn.reason()).isNotBlank();
              assertThat(turn.next()).isAfter(turn.at());
              assertThat(turn.next()).isBefore(turn.at().plus(INTERVAL.multipliedBy(2)));
            });
  }

  @Test
  void aFollowerAsksAgainSoonAndTouchesNothing() {
    // Given
    leads.leads = false;

    // When
    Turn turn = loop.turn();

    // Then
    assertThat(turn.state()).isEqualTo(State.FOLLOWING);
    assertThat(turn.next()).isEqualTo(turn.at().plus(PACE.follow()));
    assertThat(region.record()).isEqualTo(EnvironmentRecord.fresh(Wishes.ENVIRONMENT));
    assertThat(shown).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadIsAskedForLessAndLessOften() {
    // Given
    storeAway = true;
    List<Duration> waits = new ArrayList<>();

    // When
    for (int i = 0; i < 10; i++) {
      Turn turn = loop.turn();
      assertThat(turn.state()).isEqualTo(State.NO_RECORD);
      assertThat(turn.reason()).isEqualTo("the management cluster is away");
      waits.add(Duration.between(turn.at(), turn.next()));
    }

    // Then
    assertThat(waits.getFirst()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
    assertThat(waits.getLast()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));

    // When it is back
    storeAway = false;
    loop.turn();
    storeAway = true;
    Turn again = loop.turn();

    // Then
    assertThat(Duration.between(again.at(), again.next())).isLessThan(Duration.ofSeconds(2));
  }

  private EnvironmentLoop broken(Supplier<Wish> wish) {
    return new EnvironmentLoop(
        Wishes.ENVIRONMENT,
        new WishSource() {
          @Override
          public Wish wish(EnvironmentRecord record) {
            return wish.get();
          }

          @Override
          public Mode mode() {
            return Mode.ACT;
          }

          @Override
          public boolean undefined() {
            return false;
          }

          @Override
          public Optional<Proposal> proposal() {
            return Optional.empty();
          }
        },
        parts(),
        Runnable::run);
  }

  @Test
  void anErrorOfTheMachineEndsTheTurnAndNotTheLoop() {
    // Given
    EnvironmentLoop broken =
        broken(
            () -> {
              throw new InternalError("no memory for this");
            });

    // When
    Turn turn = broken.turn();

    // Then
    assertThat(turn.state()).isEqualTo(State.FAILED);
    assertThat(turn.next()).isAfter(turn.at());
    assertThat(events.failures).containsExactly("shop: a turn failed: no memory for this");
  }

  @Test
  void aMistakeOfOursEndsTheTurnAndNotTheLoop() {
    // Given
    EnvironmentLoop broken =
        broken(
            () -> {
              throw new IllegalStateException("a mistake");
            });

    // When
    Turn turn = broken.turn();

    // Then
    assertThat(turn.state()).isEqualTo(State.FAILED);
    assertThat(turn.reason()).isEqualTo("a mistake");
    assertThat(events.failures).containsExactly("shop: a turn failed: a mistake");
  }

  @Test
  void aStatusThatCannotBeShownStopsNothing() {
    // Given
    statusAway = true;

    // When
    served("1.36");

    // Then
    assertThat(region.web().receiving()).isNotEmpty();
    assertThat(events.failures).allMatch(f -> f.contains("status could not be shown"));
  }

  @Test
  void withoutADefinitionNothingIsDoneAndItIsSaid() {
    // Given
    instead = Optional.of(Wish.none(Wishes.ENVIRONMENT, "shop/environment.yaml:1:1: it is empty"));

    // When
    Turn turn = loop.turn();

    // Then
    assertThat(turn.state()).isEqualTo(State.UNDEFINED);
    assertThat(turn.reason()).contains("shop/environment.yaml:1:1");
    assertThat(events.effects).isEmpty();
  }

  @Test
  void aStaleDefinitionBeginsNoMove() {
    // Given
    served("1.36");
    Set<String> clusters = region.clusters();
    instead =
        Optional.of(Wish.stale(wishes.version("1.37").desired(), "source platform is unreachable"));

    // When
    Turn turn = loop.turn();
    for (int i = 0; i < 20; i++) {
      region.pass(Duration.ofSeconds(10));
      turn = loop.turn();
    }

    // Then
    assertThat(turn.state()).isEqualTo(State.STALE);
    assertThat(turn.reason()).isEqualTo("source platform is unreachable");
    assertThat(region.clusters()).isEqualTo(clusters);
  }

  @Test
  void aCommandLiftsAHoldAndIsAcknowledged() {
    // Given
    served("1.36");
    hold();
    Instant at = region.clock().instant();
    commands.add(new Command("c-1", new Resume("miyake", "looked at it", false, at)));

    // When
    Turn turn = loop.turn();

    // Then
    assertThat(commands).isEmpty();
    assertThat(turn.state()).isNotEqualTo(State.HELD);
    assertThat(region.record().holds()).isEmpty();
    assertThat(region.record().journal())
        .extracting(JournalEntry::text)
        .contains("resumed: looked at it");
  }

  @Test
  void aCommandIsNotAppliedAgainWhenItsAcknowledgementWasLost() {
    // Given
    served("1.36");
    hold();
    loseAcknowledgements = true;
    Instant at = region.clock().instant();
    commands.add(new Command("c-1", new Resume("miyake", "weights are mine", true, at)));

    // When
    Turn lost = loop.turn();
    EnvironmentRecord once = region.record();
    loseAcknowledgements = false;
    commands.set(
        0, new Command("c-1", new Resume("miyake", "weights are mine", true, at.plusSeconds(9))));
    hold();
    loop.turn();

    // Then
    assertThat(lost.state()).isEqualTo(State.NO_RECORD);
    assertThat(once.holds()).isEmpty();
    assertThat(commands).isEmpty();
    assertThat(region.record().holds()).hasSize(1);
  }

  @Test
  void anEnvironmentThatWasHandedOverIsForgottenOnceItsFolderHasLeftGit() {
    // Given
    served("1.36");
    Instant at = region.clock().instant();
    commands.add(new Command("c-1", new Leave("miyake", "we go on without", at)));
    until(() -> region.record().handedOver());

    // When its folder stays
    region.pass(Handover.READABLE.plusSeconds(1));
    loop.turn();
    EnvironmentRecord kept = region.record();

    // When it goes
    undefined = true;
    loop.turn();
    int told = shown.size();
    Turn after = loop.turn();

    // Then
    assertThat(kept.handedOver()).isTrue();
    assertThat(region.record()).isEqualTo(EnvironmentRecord.fresh(Wishes.ENVIRONMENT));
    assertThat(after.state()).isEqualTo(State.UNDEFINED);
    assertThat(shown).as("nothing is shown of it any more").hasSize(told);
  }

  @Test
  void whatAHandoverLeftCanBeReadForAnHourEvenIfTheFolderIsGoneAtOnce() {
    // Given
    served("1.36");
    Instant at = region.clock().instant();
    commands.add(new Command("c-1", new Leave("miyake", "we go on without", at)));
    undefined = true;

    // When
    until(() -> region.record().handedOver());
    loop.turn();

    // Then
    assertThat(region.record().handedOver()).isTrue();
  }

  @Test
  void aFolderThatIsGoneIsNoHandover() {
    // Given
    served("1.36");
    undefined = true;

    // When
    region.pass(Duration.ofDays(2));
    loop.turn();

    // Then
    assertThat(region.record().blank()).isFalse();
  }

  private void hold() {
    RecordStore.Loaded loaded = region.records().load(Wishes.ENVIRONMENT);
    Hold hold =
        new Hold(
            Hold.Scope.TRAFFIC,
            Hold.Reason.TOO_FEW_SAMPLES,
            "web",
            "12 answers",
            region.clock().instant());
    region.records().save(loaded.record().with(hold), loaded.version());
  }

  @Test
  void aHoldIsTheStateOfATurnWithItsText() {
    // Given
    served("1.36");
    hold();

    // When
    Turn turn = loop.turn();

    // Then
    assertThat(turn.state()).isEqualTo(State.HELD);
    assertThat(turn.reason()).isEqualTo("web: 12 answers");
  }
}

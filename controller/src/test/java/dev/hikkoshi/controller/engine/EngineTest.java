package dev.hikkoshi.controller.engine;

import static dev.hikkoshi.controller.testing.LineDefinitions.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.controller.engine.Turn.State;
import dev.hikkoshi.controller.testing.BlindGateways;
import dev.hikkoshi.controller.testing.LineDefinitions;
import dev.hikkoshi.controller.testing.MemorySource;
import dev.hikkoshi.controller.testing.MemoryStore;
import dev.hikkoshi.controller.testing.ScriptedLeads;
import dev.hikkoshi.controller.testing.ToldEvents;
import dev.hikkoshi.environments.desired.Measuring;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  private final MemorySource source = new MemorySource("platform");
  private final MemorySource second = new MemorySource("shops");
  private final MemoryStore store = new MemoryStore();
  private final ScriptedLeads leads = new ScriptedLeads();
  private final ToldEvents events = new ToldEvents();
  private final Engine engine = Engine.start(parts());

  private Parts parts() {
    Pace slow =
        new Pace(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofHours(1));
    return new Parts(
        List.of(source, second),
        new LineDefinitions(),
        "ap-northeast-1",
        BlindGateways.all(),
        store,
        Set::of,
        leads,
        new NoCommands(),
        (wish, _, _) -> {
          if (wish.environment().equals("blog")) {
            throw new IllegalStateException("the status of blog is away");
          }
        },
        Clock.systemUTC(),
        Measuring.standard(),
        slow,
        events);
  }

  private static final class NoCommands implements Commands {

    @Override
    public List<Command> pending(String environment) {
      if (environment.equals("broken")) {
        throw new IllegalStateException("a mistake");
      }
      return List.of();
    }

    @Override
    public void done(String environment, Command command) {}
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private long turns(String environment) {
    return events.turns.stream().filter(t -> t.environment().equals(environment)).count();
  }

  @Test
  void itIsReadyWhenEverySourceWasSeenAndTheLeaderIsKnown() {
    assertThat(engine.ready()).isFalse();

    // When
    source.commit(Map.of());
    source.tell(source.head());
    second.tell(second.unreachable("no route to host"));

    // Then
    assertThat(engine.ready()).isTrue();

    // When
    leads.known = false;

    // Then
    assertThat(engine.ready()).isFalse();
  }

  @Test
  void eachEnvironmentHasALoopAndOneThatFailsStopsNoOther() {
    // When
    source.commit(
        Map.of(
            file("broken"), "broken 1.36 a1",
            file("shop"), "shop 1.36 a1",
            file("blog"), "blog 1.36 a1"));
    source.tell(source.head());

    // Then
    await().until(() -> engine.turns().size() == 3);
    Map<String, State> states = new TreeMap<>();
    engine.turns().forEach((name, turn) -> states.put(name, turn.state()));
    assertThat(states).containsEntry("broken", State.FAILED);
    assertThat(states).containsEntry("shop", State.WAITING);
    assertThat(states).containsEntry("blog", State.WAITING);
  }

  @Test
  void aCommitWakesTheLoopItConcernsAndNoOther() {
    // Given
    source.commit(Map.of(file("shop"), "shop 1.36 a1", file("blog"), "blog 1.36 a1"));
    source.tell(source.head());
    await().until(() -> engine.turns().size() == 2);
    long before = turns("shop");
    long others = turns("blog");

    // When
    source.commit(Map.of(file("shop"), "shop 1.36 a2", file("blog"), "blog 1.36 a1"));
    source.tell(source.head());

    // Then
    await().until(() -> turns("shop") > before);
    assertThat(turns("blog")).isEqualTo(others);
  }

  @Test
  void closingEndsTheLoopsAndGivesLeadershipBack() {
    // Given
    source.commit(Map.of(file("shop"), "shop 1.36 a1"));
    source.tell(source.head());
    await().until(() -> engine.turns().size() == 1);

    // When
    engine.close();
    long after = turns("shop");
    engine.poke("shop");
    engine.tick();

    // Then
    assertThat(leads.closed).isTrue();
    assertThat(turns("shop")).isEqualTo(after);
    assertThat(engine.leads()).isFalse();
  }
}

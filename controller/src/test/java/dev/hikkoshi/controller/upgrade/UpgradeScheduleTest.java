package dev.hikkoshi.controller.upgrade;

import static dev.hikkoshi.controller.testing.LineDefinitions.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.source.Source.Push;
import dev.hikkoshi.controller.testing.LineDefinitions;
import dev.hikkoshi.controller.testing.ManualClock;
import dev.hikkoshi.controller.testing.MemorySource;
import dev.hikkoshi.controller.testing.MemoryStore;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.simulator.Wishes;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tuesdays at ten in Tokyo; 2026-11-24 is one. */
class UpgradeScheduleTest {

  private static final String CLUSTER =
      "apiVersion: eksctl.io/v1alpha5\n"
          + "kind: ClusterConfig\n"
          + "metadata:\n"
          + "  name: shop\n"
          + "  version: \"1.36\"   # the line that changes\n"
          + "  region: ap-northeast-1\n";

  private final ManualClock clock = new ManualClock("2026-11-23T00:00:00Z");
  private final MemorySource source = new MemorySource("platform");
  private final MemoryStore store = new MemoryStore();
  private final LineDefinitions reader = new LineDefinitions();
  private final List<String> told = new ArrayList<>();
  private Observation<List<VersionSeen>> offered =
      Observation.known(
          List.of(version("1.35", false), version("1.36", true), version("1.37", true)));
  private Desired.Mode mode = Desired.Mode.ACT;
  private final UpgradeSchedule schedule = new UpgradeSchedule(eks(), store, clock, told::add);

  private static VersionSeen version(String version, boolean standard) {
    return new VersionSeen(version, standard, Instant.parse("2027-12-01T00:00:00Z"));
  }

  private EksGateway eks() {
    return (EksGateway)
        Proxy.newProxyInstance(
            EksGateway.class.getClassLoader(),
            new Class<?>[] {EksGateway.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo("versions");
              return offered;
            });
  }

  @BeforeEach
  void commit() {
    reader.upgrades = Optional.of(LineDefinitions.tuesdays());
    source.commit(Map.of(file("shop"), "shop 1.36 a1", "shop/cluster.yaml", CLUSTER));
  }

  private EnvironmentRecord record() {
    return store.load("shop").record();
  }

  private boolean work() {
    Definition definition =
        ((Reading.Good) reader.read(source.tree(source.head().id()), "").getFirst()).definition();
    Proposal proposal =
        new Proposal(source, source.head().id(), definition, definition.upgrades().orElseThrow());
    Desired desired = Wishes.sample("1.36").mode(mode).desired();
    return schedule.work(Wish.of(desired), Optional.of(proposal), record());
  }

  private List<String> journal() {
    return record().journal().stream().map(JournalEntry::text).toList();
  }

  @Test
  void atTheFirstSightNothingIsMadeUpFor() {
    // When
    work();

    // Then
    assertThat(source.branches).isEmpty();
    assertThat(record().scheduled()).contains(Instant.parse("2026-11-17T01:00:00Z"));
  }

  @Test
  void atADueTimeOneBranchWithOneChangedLineIsPushed() {
    // Given
    work();

    // When
    clock.set("2026-11-24T01:00:00Z");
    work();

    // Then
    assertThat(source.branches).containsOnlyKeys("hikkoshi/shop-1.37");
    Map<String, byte[]> files = source.branches.getOrDefault("hikkoshi/shop-1.37", Map.of());
    assertThat(files).containsOnlyKeys("shop/cluster.yaml");
    assertThat(new String(files.get("shop/cluster.yaml"), UTF_8))
        .isEqualTo(CLUSTER.replace("1.36", "1.37"));
    assertThat(journal()).containsExactly("proposed 1.37: pushed hikkoshi/shop-1.37");
  }

  @Test
  void beforeItIsDueAndAtTheSecondTickNothingHappens() {
    // Given
    work();
    clock.set("2026-11-24T00:59:59Z");
    assertThat(work()).isFalse();
    clock.set("2026-11-24T01:00:00Z");
    work();
    EnvironmentRecord after = record();

    // When
    clock.pass(Duration.ofMinutes(1));
    boolean again = work();

    // Then
    assertThat(again).isFalse();
    assertThat(record()).isEqualTo(after);
  }

  @Test
  void timesThatWereMissedAreMadeUpForOnce() {
    // Given
    work();

    // When
    clock.set("2026-12-20T12:00:00Z");
    work();
    work();

    // Then
    assertThat(source.branches).hasSize(1);
    assertThat(journal()).hasSize(1);
  }

  @Test
  void aBranchThatExistsIsLeftAlone() {
    // Given
    source.branches.put("hikkoshi/shop-1.37", Map.of());
    work();

    // When
    clock.set("2026-11-24T01:00:00Z");
    work();

    // Then
    assertThat(source.branches.get("hikkoshi/shop-1.37")).isEmpty();
    assertThat(journal()).isEmpty();
    assertThat(told).contains("hikkoshi/shop-1.37 exists; nothing to propose");
  }

  @Test
  void aCrashBetweenPushAndRecordPushesNothingTwice() {
    // Given
    work();
    EnvironmentRecord before = record();
    String version = store.load("shop").version();
    clock.set("2026-11-24T01:00:00Z");
    work();
    assertThat(version).isNotEqualTo(store.load("shop").version());
    store.save(before, store.load("shop").version());

    // When
    work();

    // Then
    assertThat(source.branches).hasSize(1);
    assertThat(record().scheduled()).contains(Instant.parse("2026-11-24T01:00:00Z"));
  }

  @Test
  void aRemoteThatIsAwayIsAskedAgainAfterAWhile() {
    // Given
    work();
    clock.set("2026-11-24T01:00:00Z");
    source.answer = Optional.of(new Push.Unreachable("no route to host"));
    work();
    source.answer = Optional.empty();

    // When
    boolean atOnce = work();
    clock.pass(Duration.ofMinutes(1));
    boolean later = work();

    // Then
    assertThat(atOnce).isFalse();
    assertThat(later).isTrue();
    assertThat(source.branches).hasSize(1);
  }

  @Test
  void aRefusalIsWrittenDownAndNotRepeatedUntilTheNextDueTime() {
    // Given
    work();
    clock.set("2026-11-24T01:00:00Z");
    source.answer = Optional.of(new Push.Refused("protected branch"));

    // When
    work();
    work();

    // Then
    assertThat(journal()).containsExactly("hikkoshi/shop-1.37 was refused: protected branch");
  }

  @Test
  void versionsThatAreNotKnownProposeNothingAndAreAskedAgain() {
    // Given
    work();
    clock.set("2026-11-24T01:00:00Z");
    Observation<List<VersionSeen>> known = offered;
    offered = Observation.unknown("versions", "AccessDenied");

    // When
    boolean blind = work();
    offered = known;
    clock.pass(Duration.ofMinutes(1));
    boolean seeing = work();

    // Then
    assertThat(blind).isFalse();
    assertThat(seeing).isTrue();
    assertThat(source.branches).hasSize(1);
  }

  @Test
  void withoutANewerVersionInStandardSupportNothingIsPushed() {
    // Given
    offered = Observation.known(List.of(version("1.36", true), version("1.37", false)));
    work();

    // When
    clock.set("2026-11-24T01:00:00Z");
    work();

    // Then
    assertThat(source.branches).isEmpty();
    assertThat(record().scheduled()).contains(Instant.parse("2026-11-24T01:00:00Z"));
  }

  @Test
  void anEnvironmentThatIsOnlyObservedProposesNothing() {
    // Given
    work();
    mode = Desired.Mode.PLAN;

    // When
    clock.set("2026-11-24T01:00:00Z");
    boolean worked = work();

    // Then
    assertThat(worked).isFalse();
    assertThat(source.branches).isEmpty();
  }
}

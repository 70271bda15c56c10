package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.record.Commands.Pending;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.TakeBack;
import dev.hikkoshi.environments.simulator.SimulatedRegion;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask and what they are shown, through a real API server and kubectl. */
class CommandsIT {

  private static final Instant NOW = Instant.parse("2026-11-24T01:02:03Z");

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static Management management;
  private static Commands commands;
  private static KubeRecordStore store;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    management = Management.connect(Optional.of(plane.kubeconfig()), Optional.empty());
    new Definitions(management).install();
    commands = new Commands(management, InstantSource.fixed(NOW));
    store = new KubeRecordStore(management, () -> 1);
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      plane.close();
    }
  }

  @Test
  void aRequestIsReadUntilItIsAcknowledged() {
    // Given
    store.save(EnvironmentRecord.fresh("asked"), "");
    String id = commands.ask("asked", new Resume("ann", "the other team is done", true, NOW));

    // When
    Pending pending = commands.pending("asked").orElseThrow();
    Pending again = commands.pending("asked").orElseThrow();
    boolean waits = commands.waiting("asked", id);
    commands.acknowledge(pending);

    // Then
    assertThat(pending).isEqualTo(again);
    assertThat(pending.order().author()).isEqualTo("ann (not proven)");
    assertThat(pending.order().reason()).isEqualTo("the other team is done");
    assertThat(pending.order())
        .isEqualTo(new Resume("ann (not proven)", "the other team is done", true, NOW));
    assertThat(pending.order().at()).isEqualTo(NOW);
    assertThat(waits).isTrue();
    assertThat(commands.waiting("asked", id)).isFalse();
    assertThat(commands.pending("asked")).isEmpty();
  }

  @Test
  void aReturnIsObeyedBeforeAResumeThatWaitsLonger() {
    // Given
    store.save(EnvironmentRecord.fresh("urgent"), "");
    commands.ask("urgent", new Resume("ann", "seen", false, NOW));
    commands.ask("urgent", new GoHome("bob", "errors", NOW));

    // When
    Pending first = commands.pending("urgent").orElseThrow();
    commands.acknowledge(first);

    // Then
    assertThat(first.order()).isEqualTo(new GoHome("bob (not proven)", "errors", NOW));
    assertThat(commands.pending("urgent").orElseThrow().order()).isInstanceOf(Resume.class);
  }

  @Test
  void aRequestThatCameMeanwhileStays() {
    // Given
    store.save(EnvironmentRecord.fresh("twice"), "");
    commands.ask("twice", new Resume("ann", "first", false, NOW));
    Pending first = commands.pending("twice").orElseThrow();
    commands.ask("twice", new Resume("bob", "second", false, NOW));

    // When
    commands.acknowledge(first);

    // Then
    assertThat(commands.pending("twice").orElseThrow().order().reason()).isEqualTo("second");
  }

  @Test
  void aHandoverIsAskedForBesideAResume() {
    // Given
    store.save(EnvironmentRecord.fresh("both"), "");
    String leave = commands.ask("both", new Leave("bob", "we go on without", NOW));
    commands.ask("both", new Resume("ann", "seen", false, NOW));

    // When
    Pending first = commands.pending("both").orElseThrow();
    commands.acknowledge(first);
    Pending second = commands.pending("both").orElseThrow();
    commands.acknowledge(second);
    commands.ask("both", new TakeBack("bob", "on second thoughts", NOW));

    // Then
    assertThat(first.order()).isInstanceOf(Resume.class);
    assertThat(second.id()).isEqualTo(leave);
    assertThat(second.order()).isEqualTo(new Leave("bob (not proven)", "we go on without", NOW));
    assertThat(commands.pending("both").orElseThrow().order())
        .isEqualTo(new TakeBack("bob (not proven)", "on second thoughts", NOW));
  }

  @Test
  void aRequestThatCannotBeReadIsRemovedAndTold() {
    // Given
    store.save(EnvironmentRecord.fresh("garbled"), "");
    kubectl("annotate", "environments.hikkoshi.dev", "garbled", Commands.RESUME + "=yes please");

    // Then
    assertThat(commands.pending("garbled")).isEmpty();
    assertThat(kubectl("get", "environment", "garbled", "-o", "yaml")).doesNotContain("please");
    assertThat(events("garbled")).contains("CommandRefused");
  }

  @Test
  void aRequestThatIsNothingOrHasNoNameIsRemovedAndTold() {
    // Given
    store.save(EnvironmentRecord.fresh("empty"), "");
    String nameless = "{\"id\":\"\",\"reason\":\"why\",\"at\":\"2026-11-24T01:02:03Z\"}";
    kubectl(
        "annotate",
        "environments.hikkoshi.dev",
        "empty",
        Commands.RETURN + "=null",
        Commands.RETURN + ".author=ann",
        Commands.HOLD + "=" + nameless,
        Commands.HOLD + ".author=ann");

    // When
    Optional<Pending> first = commands.pending("empty");
    Optional<Pending> second = commands.pending("empty");

    // Then
    assertThat(first).isEmpty();
    assertThat(second).isEmpty();
    assertThat(kubectl("get", "environment", "empty", "-o", "yaml")).doesNotContain("ann");
    assertThat(events("empty")).contains("CommandRefused");
  }

  @Test
  void aRequestThatOnlyMentionsAnotherOneIsNotAcknowledgedWithIt() {
    // Given
    store.save(EnvironmentRecord.fresh("mentioned"), "");
    String id = commands.ask("mentioned", new Resume("ann", "seen", false, NOW));
    Pending resume = commands.pending("mentioned").orElseThrow();
    commands.ask("mentioned", new GoHome("bob", "not as resume " + id + " thinks", NOW));

    // When
    commands.acknowledge(resume);

    // Then
    assertThat(commands.pending("mentioned").orElseThrow().order()).isInstanceOf(GoHome.class);
    assertThat(commands.waiting("mentioned", id)).isFalse();
  }

  @Test
  void whoAsksSaysWhoAndWhy() {
    // Given
    store.save(EnvironmentRecord.fresh("silent"), "");

    // Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.ask("silent", new Resume("ann", " ", false, NOW)))
        .withMessageContaining("reason");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.ask("nowhere", new Resume("ann", "why", false, NOW)))
        .withMessageContaining("no environment");
  }

  @Test
  void aViewIsWrittenWhenItChangesAndTheRecordIsNotDisturbed() {
    // Given
    String version = store.save(EnvironmentRecord.fresh("shop"), "");
    SimulatedRegion region = new SimulatedRegion(7);
    StatusWriter writer = new StatusWriter(management, region.clock());
    EnvironmentView first = view(region);

    // When
    writer.write("shop", first);
    String once = resourceVersion();
    writer.write("shop", first);
    String twice = resourceVersion();
    store.save(EnvironmentRecord.fresh("shop").numbered(4), version);

    // Then
    assertThat(twice).isEqualTo(once);
    assertThat(new StatusReader(management).find("shop").orElseThrow().view().known())
        .contains(first);
    String state = first.banner().state().word();
    assertThat(kubectl("get", "environment", "shop")).contains(state).contains("1.37");
    assertThat(
            events("shop")
                .lines()
                .filter(l -> l.toLowerCase(java.util.Locale.ROOT).contains(state)))
        .hasSize(1);
  }

  private static EnvironmentView view(SimulatedRegion region) {
    Pass pass =
        new Pass(
            region.gateways(),
            new Observer(region.gateways(), Runnable::run),
            region.records(),
            region.clock(),
            () -> true);
    Wish wish = Wish.of(Wishes.sample("1.37").desired());
    Pass.Report report = pass.run(wish);
    return EnvironmentView.of(wish, report.observed(), report.plan(), region.clock().instant());
  }

  private static String resourceVersion() {
    return kubectl("get", "environment", "shop", "-o", "jsonpath={.metadata.resourceVersion}");
  }

  private static String events(String environment) {
    return kubectl(
        "get",
        "events",
        "--field-selector",
        "involvedObject.name=" + environment,
        "-o",
        "custom-columns=R:.reason,M:.message");
  }

  private static String kubectl(String... arguments) {
    var output = plane.kubectl("", arguments);
    assertThat(output.exit()).describedAs(output.text()).isZero();
    return output.text();
  }
}

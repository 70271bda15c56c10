package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.StandStill;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the policy a real API server lets nobody give an order in a name that is not theirs. */
class AuthorsIT {

  private static final Instant NOW = Instant.parse("2026-11-24T01:02:03Z");
  private static final Optional<Instant> NO_END = Optional.empty();

  /** Whom the API server takes the kubeconfig's user for. */
  private static final String SELF = "admin";

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static Management management;
  private static Commands commands;
  private static KubeRecordStore store;
  private static String before;
  private static Observation<Optional<Freeze>> unknown;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    management = Management.connect(Optional.of(plane.kubeconfig()), Optional.empty());
    unknown = new Freezes(management).freeze();
    new Definitions(management).install();
    commands = new Commands(management, InstantSource.fixed(NOW));
    store = new KubeRecordStore(management, () -> 1);
    before = new Authors(management).told("ann");
    assertThat(plane.kubectl(Authors.policy(), "apply", "-f", "-").exit()).isZero();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> new Authors(management).told("ann").equals("ann"));
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      plane.close();
    }
  }

  private static LocalControlPlane.Output as(String user, String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--as=" + user;
    all[words.length + 1] = "--as-group=system:masters";
    return plane.kubectl("", all);
  }

  private static String author(String environment) {
    return commands.pending(environment).orElseThrow().order().author();
  }

  @Test
  void withoutThePolicyAnAuthorIsNotProven() {
    // Then
    assertThat(before).isEqualTo("ann (not proven)");
    assertThat(management.user()).isEqualTo(SELF);
  }

  @Test
  void anOrderInOnesOwnNameIsTakenAndEveryOtherNameIsRefused() {
    // Given
    store.save(EnvironmentRecord.fresh("named"), "");

    // When
    commands.ask("named", new StandStill(SELF, "sale", NOW));

    // Then
    assertThat(author("named")).isEqualTo(SELF);
    assertThatThrownBy(() -> commands.ask("named", new StandStill("ann", "sale", NOW)))
        .isInstanceOf(KubeException.class)
        .hasMessageContaining("the author of an order is who gives it: admin");
  }

  @Test
  void nobodyChangesAnOrderUnderAnothersName() {
    // Given
    store.save(EnvironmentRecord.fresh("kept"), "");
    commands.ask("kept", new StandStill(SELF, "sale", NOW));
    String order = "{\"id\":\"x\",\"reason\":\"mine\",\"at\":\"2026-11-24T01:02:03Z\"}";

    // When
    var changed =
        as("bob", "annotate", "environment", "kept", "--overwrite", Commands.HOLD + "=" + order);
    var other = as("bob", "annotate", "environment", "kept", Commands.RETURN + "=" + order);
    var label = as("bob", "label", "environment", "kept", "team=blue");
    var own =
        as(
            "bob",
            "annotate",
            "environment",
            "kept",
            Commands.RETURN + "=" + order,
            Commands.RETURN + Authors.SUFFIX + "=bob");

    // Then
    assertThat(changed.exit()).describedAs(changed.text()).isNotZero();
    assertThat(other.exit()).isNotZero();
    assertThat(label.exit()).describedAs(label.text()).isZero();
    assertThat(own.exit()).describedAs(own.text()).isZero();
    assertThat(author("kept")).isEqualTo("bob");
  }

  @Test
  void theControllerWritesItsRecordAndTakesOrdersAway() {
    // Given
    String version = store.save(EnvironmentRecord.fresh("works"), "");
    plane.kubectl("", "get", "environment", "works");
    as(
        "bob",
        "annotate",
        "environment",
        "works",
        Commands.HOLD + "={\"id\":\"x\",\"reason\":\"sale\",\"at\":\"2026-11-24T01:02:03Z\"}",
        Commands.HOLD + Authors.SUFFIX + "=bob");

    // When
    store.save(EnvironmentRecord.fresh("works").numbered(4), version);
    commands.acknowledge(commands.pending("works").orElseThrow());

    // Then
    assertThat(commands.pending("works")).isEmpty();
    assertThat(plane.kubectl("", "get", "environment", "works", "-o", "yaml").text())
        .doesNotContain(Authors.SUFFIX);
  }

  @Test
  void aFreezeIsReadWithItsAuthorAndAThawSaysWhoThawed() {
    // Given
    Freezes freezes = new Freezes(management);
    Optional<Instant> until = Optional.of(NOW.plusSeconds(60));

    // When
    Observation<Optional<Freeze>> never = freezes.freeze();
    freezes.say(new Freeze(true, SELF, "sale", NOW, until));
    Observation<Optional<Freeze>> frozen = freezes.freeze();
    var foreign =
        as(
            "bob",
            "patch",
            "freeze",
            "everything",
            "--type=merge",
            "-p",
            "{\"spec\":{\"frozen\":false}}");
    freezes.say(new Freeze(false, SELF, "over", NOW, NO_END));

    // Then
    assertThat(never).isEqualTo(Observation.known(Optional.empty()));
    assertThat(frozen)
        .isEqualTo(Observation.known(Optional.of(new Freeze(true, SELF, "sale", NOW, until))));
    assertThat(foreign.text()).contains("the author of a freeze is who gives it: bob");
    assertThat(freezes.freeze())
        .isEqualTo(Observation.known(Optional.of(new Freeze(false, SELF, "over", NOW, NO_END))));
    assertThatThrownBy(() -> freezes.say(new Freeze(true, "ann", "mine", NOW, NO_END)))
        .isInstanceOf(KubeException.class);
  }

  @Test
  void whatIsNotInstalledIsUnknownAndAnotherNameIsRefused() {
    // When
    var second =
        plane.kubectl(
            """
            apiVersion: hikkoshi.dev/v1alpha1
            kind: Freeze
            metadata: {name: another}
            spec: {frozen: true, author: admin, reason: x, at: "2026-11-24T01:02:03Z"}
            """,
            "apply",
            "-f",
            "-");

    // Then
    assertThat(unknown).isInstanceOf(Observation.Unknown.class);
    assertThat(second.text()).contains("its name is everything");
  }
}

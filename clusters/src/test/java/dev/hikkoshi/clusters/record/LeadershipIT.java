package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.record.Leadership.Settings;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers and one lease in a real API server; time is put forward by hand. */
class LeadershipIT {

  private static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * A call of the API server that takes longer fails, so that this is no time of a quiet machine.
   */
  private static final Duration CALL = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static LossyApi lossy;
  private static Management management;

  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    lossy = LossyApi.before(plane.kubeconfig(), folder);
    management = Management.connect(Optional.of(lossy.kubeconfig()), Optional.of("default"));
    new Definitions(management).install();
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      lossy.close();
      plane.close();
    }
  }

  @Test
  void oneLeadsAndTheOtherTakesOverWhenTheLeaseHasRunOut() {
    // Given
    Leadership a = leadership("takeover", "a");
    Leadership b = leadership("takeover", "b");
    a.attempt();
    b.attempt();
    assertThat(a.leads()).isTrue();
    assertThat(b.leads()).isFalse();
    assertThat(b.leader()).isEqualTo("a");

    // When: a does not renew
    pass(Duration.ofSeconds(29));
    b.attempt();
    boolean early = b.leads();
    pass(Duration.ofSeconds(2));
    boolean aStill = a.leads(Duration.ZERO);
    b.attempt();

    // Then
    assertThat(early).isFalse();
    assertThat(aStill).isFalse();
    assertThat(b.leads()).isTrue();
    assertThat(b.epoch()).isEqualTo(2);
    assertThat(a.epoch()).isZero();
    a.attempt();
    assertThat(a.leads()).isFalse();
    assertThat(a.leader()).isEqualTo("b");
  }

  @Test
  void aRenewedLeaseIsNotTaken() {
    // Given
    Leadership a = leadership("renewed", "a");
    Leadership b = leadership("renewed", "b");
    a.attempt();
    long epoch = a.epoch();

    // When
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(20));
      a.attempt();
      b.attempt();
    }

    // Then
    assertThat(a.leads()).isTrue();
    assertThat(a.epoch()).isEqualTo(epoch);
    assertThat(b.leads()).isFalse();
  }

  @Test
  void noWriteBeginsThatCouldOutliveTheLease() {
    // Given
    Leadership a = leadership("margin", "a");
    a.attempt();

    // When
    pass(Duration.ofSeconds(19));
    boolean before = a.leads();
    pass(Duration.ofSeconds(2));
    boolean after = a.leads();

    // Then: less than a call's time is left, though the lease is still ours
    assertThat(before).isTrue();
    assertThat(after).isFalse();
    assertThat(a.epoch()).isPositive();
  }

  @Test
  void aRenewalThatIsNotAnsweredDoesNotProlong() {
    // Given
    Leadership a = leadership("unanswered", "a");
    a.attempt();
    pass(Duration.ofSeconds(25));
    lossy.loseAnswerOf("PUT /apis/coordination.k8s.io/v1/namespaces/default/leases/unanswered");

    // When
    Assertions.assertThatExceptionOfType(KubeException.class).isThrownBy(a::attempt);

    // Then
    assertThat(a.leads()).isFalse();
    a.attempt();
    assertThat(a.leads()).isTrue();
  }

  @Test
  void aLeaseThatRanOutAndWasNotTakenIsANewTerm() {
    // Given
    Leadership a = leadership("again", "a");
    a.attempt();
    long epoch = a.epoch();

    // When
    pass(Duration.ofSeconds(100));
    long between = a.epoch();
    a.attempt();

    // Then
    assertThat(between).isZero();
    assertThat(a.epoch()).isEqualTo(epoch + 1);
  }

  @Test
  void aLeaderThatEndsGivesTheLeaseBack() {
    // Given
    Leadership a = leadership("back", "a");
    Leadership b = leadership("back", "b");
    a.attempt();
    b.attempt();

    // When
    a.close();
    b.attempt();

    // Then
    assertThat(a.leads()).isFalse();
    assertThat(b.leads()).isTrue();
  }

  @Test
  void afterSomebodyDeletedTheLeaseTheEpochStillGrows() {
    // Given
    KubeRecordStore old = new KubeRecordStore(management, () -> 41);
    old.save(EnvironmentRecord.fresh("floor"), "");
    Leadership a =
        new Leadership(
            management, settings("floor", "a"), old::highestEpoch, InstantSource.system());

    // When
    a.attempt();

    // Then
    assertThat(a.epoch()).isEqualTo(42);
    a.close();
  }

  @Test
  void ofTwoLeadersInTheirOwnMindOnlyTheLaterOneWrites() {
    // Given: a was paused after it had asked whether it leads, and b took over and wrote
    Leadership a = leadership("paused", "a");
    Leadership b = leadership("paused", "b");
    a.attempt();
    long paused = a.epoch();
    KubeRecordStore ofA = new KubeRecordStore(management, () -> paused);
    KubeRecordStore ofB = new KubeRecordStore(management, b::epoch);
    EnvironmentRecord record = EnvironmentRecord.fresh("two");
    String version = ofA.save(record, "");
    b.attempt();
    pass(LEASE.plusMillis(1));
    b.attempt();
    String newer = ofB.save(ofB.load("two").record().numbered(3), version);

    // Then
    assertThat(b.leads()).isTrue();
    Assertions.assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> ofA.save(record.numbered(9), version));
    Assertions.assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> ofA.save(record.numbered(9), newer))
        .withMessageContaining("later leader");
  }

  @Test
  void inTheBackgroundTheLeaseIsKeptAndHandedOver() {
    // Given
    Leadership a = real("background", "a");
    Leadership b = real("background", "b");
    a.start();
    await().atMost(Duration.ofSeconds(90)).until(a::leads);
    b.start();
    await().atMost(Duration.ofSeconds(90)).until(b::known);

    // When
    a.close();

    // Then
    await().atMost(Duration.ofSeconds(90)).until(b::leads);
    assertThat(a.leads()).isFalse();
    b.close();
  }

  @Test
  void aCallThatDoesNotFitIntoTheLeaseIsAnErrorOfConfiguration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings("x", "a", Duration.ofSeconds(3), Duration.ofMillis(2_500)))
        .withMessageContaining("does not fit");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Settings settings(String name, String holder) {
    return new Settings(name, holder, LEASE, CALL);
  }

  private Leadership leadership(String name, String holder) {
    return new Leadership(
        management, settings(name, holder), () -> 0, InstantSource.system(), nanos::get);
  }

  private static Leadership real(String name, String holder) {
    Settings brief = new Settings(name, holder, Duration.ofSeconds(6), Duration.ofSeconds(2));
    return new Leadership(management, brief, () -> 0, InstantSource.system());
  }
}

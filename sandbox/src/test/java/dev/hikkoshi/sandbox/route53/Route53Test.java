package dev.hikkoshi.sandbox.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.MapStateStore;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.physics.Physics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class Route53Test {

  private final ManualTime time = new ManualTime();
  private final MapStateStore store = new MapStateStore();
  private final AtomicReference<AliasTargets> targets =
      new AtomicReference<>(name -> Optional.empty());
  private final Route53 engine = open();

  private Route53 open() {
    return new Route53(
        time, Physics.aws(), store, name -> targets.get().find(name), "ap-northeast-1");
  }

  private static Change create(String address) {
    return new Change(
        Change.Action.CREATE, RecordSet.simple("www.example.com.", "A", 60, List.of(address)));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aChangeIsShownAtOnceAndAnsweredWhenItIsInsync() {
    // Given
    String id = engine.create("example.com.", "ref", null).zone().zone().id();
    time.advance(Duration.ofMinutes(1));
    // When
    ChangeInfo change = engine.change(id, List.of(create("192.0.2.1")), null);
    // Then
    assertThat(engine.change(change.id()).status(time.instant())).isEqualTo("PENDING");
    assertThat(engine.zone(id).current()).hasSize(3);
    assertThat(engine.zone(id).published(time.instant())).hasSize(2);
    time.advance(Physics.aws().insync());
    assertThat(engine.change(change.id()).status(time.instant())).isEqualTo("INSYNC");
    assertThat(engine.zone(id).published(time.instant())).hasSize(3);
  }

  @Test
  void changesBecomeInsyncOneAfterTheOther() {
    // Given
    String id = engine.create("example.com.", "ref", null).zone().zone().id();
    time.advance(Duration.ofMinutes(1));
    engine.change(id, List.of(create("192.0.2.1")), null);
    time.advance(Duration.ofSeconds(10));
    // When
    engine.change(id, List.of(new Change(Change.Action.DELETE, create("192.0.2.1").set())), null);
    // Then
    assertThat(engine.zone(id).published(time.instant())).hasSize(2);
    time.advance(Duration.ofSeconds(20));
    assertThat(engine.zone(id).published(time.instant())).hasSize(3);
    time.advance(Duration.ofSeconds(10));
    assertThat(engine.zone(id).published(time.instant())).hasSize(2);
  }

  @Test
  void aRefusedBatchLeavesTheZoneAsItWas() {
    // Given
    String id = engine.create("example.com.", "ref", null).zone().zone().id();
    ZoneState before = engine.zone(id);
    // When
    refused(
        "InvalidChangeBatch",
        () -> engine.change(id, List.of(create("192.0.2.1"), create("192.0.2.2")), null));
    // Then
    assertThat(engine.zone(id)).isEqualTo(before);
  }

  @Test
  void aSecondChangeWhileOneIsInWorkIsRefused() throws Exception {
    // Given: the first change waits for an answer about its alias
    String id = engine.create("example.com.", "ref", null).zone().zone().id();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    targets.set(
        name -> {
          asked.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        });
    var alias = new AliasTarget("Z14GRHDCWA56QT", "x.ap-northeast-1.elb.amazonaws.com.", true);
    Change slow =
        new Change(
            Change.Action.CREATE,
            new RecordSet("a.example.com.", "A", null, null, null, List.of(), alias));
    Thread first =
        Thread.ofVirtual()
            .start(
                () -> refused("InvalidChangeBatch", () -> engine.change(id, List.of(slow), null)));
    asked.await();
    // When, then
    refused("PriorRequestNotComplete", () -> engine.change(id, List.of(create("192.0.2.1")), null));
    go.countDown();
    first.join();
    engine.change(id, List.of(create("192.0.2.1")), null);
  }

  @Test
  void aCallerReferenceMakesOneZoneOnly() {
    // Given
    engine.create("example.com.", "ref", null);
    // When, then
    refused("HostedZoneAlreadyExists", () -> engine.create("example.com.", "ref", null));
  }

  @Test
  void aZoneWithRecordsOfItsOwnIsNotDeleted() {
    // Given
    String id = engine.create("example.com.", "ref", null).zone().zone().id();
    engine.change(id, List.of(create("192.0.2.1")), null);
    // When, then
    refused("HostedZoneNotEmpty", () -> engine.delete(id));
    engine.change(id, List.of(new Change(Change.Action.DELETE, create("192.0.2.1").set())), null);
    engine.delete(id);
    refused("NoSuchHostedZone", () -> engine.zone(id));
  }

  @Test
  void zonesChangesAndTagsAreThereAgainAfterARestart() {
    // Given
    String id = engine.create("example.com.", "ref", "a comment").zone().zone().id();
    ChangeInfo change = engine.change(id, List.of(create("192.0.2.1")), "why");
    engine.tag(id, Map.of("team", "shop"), List.of());
    // When
    Route53 again = open();
    // Then
    assertThat(again.zone(id)).isEqualTo(engine.zone(id));
    assertThat(again.change(change.id())).isEqualTo(change);
  }

  @Test
  void moreThanTheBurstIsThrottledAndRefilledBySeconds() {
    // Given
    RateLimit limit = new RateLimit(time);
    for (int i = 0; i < 50; i++) {
      limit.take();
    }
    // When, then
    refused("Throttling", limit::take);
    time.advance(Duration.ofMillis(100));
    limit.take();
    refused("Throttling", limit::take);
  }
}

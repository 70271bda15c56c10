package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** What a client sees when targets are absent, sick, slow, dying or leaving. */
class TargetFailureIT extends BalancerFixture {

  @Test
  void anEmptyGroupAnswers503ForItsShareAndCountsAsNoRequest() throws Exception {
    // Given
    TargetGroup empty = world.group("empty");
    world.listener(balancer, 80, TrafficWorld.forward(0, List.of(empty), 1));
    URI at = world.at(balancer, 80);
    // When
    HttpResponse<String> answer = world.get(at, "/x");
    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Server")).contains("awselb/2.0");
    Map<String, String> dimensions = Map.of("LoadBalancer", balancerDimension());
    await()
        .atMost(ofSeconds(90))
        .untilAsserted(() -> assertThat(metric("HTTPCode_ELB_5XX_Count", dimensions)).isEqualTo(1));
    assertThat(metric("RequestCount", dimensions)).isZero();
  }

  @Test
  void aTargetThatDiesInTheMiddleIsNotTriedAgain() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.DIES);
    // When
    HttpResponse<String> answer = world.get(at, "/x");
    // Then
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(blue.requests.get()).isEqualTo(1);
    assertThat(green.requests.get()).isZero();
  }

  @Test
  void aTargetThatRefusesConnectionsIs502() throws Exception {
    // Given
    TargetGroup gone = world.group("gone", "10.198.1.9");
    world.listener(balancer, 80, TrafficWorld.forward(0, List.of(gone), 1));
    // When
    HttpResponse<String> answer = world.get(world.at(balancer, 80), "/x");
    // Then: nothing healthy, so the group fails open to what it has
    assertThat(answer.statusCode()).isEqualTo(502);
  }

  @Test
  void aTargetThatIsTooSlowIs504() throws Exception {
    // Given
    world.elb.modifyLoadBalancerAttributes(
        r ->
            r.loadBalancerArn(balancer.loadBalancerArn())
                .attributes(a -> a.key("idle_timeout.timeout_seconds").value("1")));
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.HOLDS);
    // When
    HttpResponse<String> answer = world.get(at, "/x");
    // Then
    assertThat(answer.statusCode()).isEqualTo(504);
  }

  @Test
  void aClientThatGoesAwayIsNobodysServerError() {
    // Given
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.HOLDS);
    CompletableFuture<HttpResponse<String>> held =
        world.http.sendAsync(
            HttpRequest.newBuilder(at.resolve("/held")).build(),
            HttpResponse.BodyHandlers.ofString());
    await().atMost(ofSeconds(90)).until(() -> blue.requests.get() == 1);
    // When
    held.cancel(true);
    // Then
    Map<String, String> dimensions = Map.of("LoadBalancer", balancerDimension());
    await()
        .atMost(ofSeconds(90))
        .untilAsserted(() -> assertThat(metric("HTTPCode_ELB_4XX_Count", dimensions)).isEqualTo(1));
    assertThat(metric("HTTPCode_ELB_5XX_Count", dimensions)).isZero();
  }

  @Test
  void aSickTargetGetsNothingUntilAllAreSick() throws Exception {
    // Given
    world.register(blueGroup, green.address);
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.SICK);
    await().atMost(ofSeconds(90)).until(() -> world.health(blueGroup).contains("unhealthy"));
    int before = blue.requests.get();
    // When
    for (int i = 0; i < 20; i++) {
      assertThat(world.get(at, "/x").body()).startsWith(green.address);
    }
    green.mood(FakeTarget.Mood.SICK);
    await().atMost(ofSeconds(90)).until(() -> world.health(blueGroup).equals("[unhealthy]"));
    for (int i = 0; i < 20; i++) {
      assertThat(world.get(at, "/x").statusCode()).isEqualTo(200);
    }
    // Then
    assertThat(blue.requests.get() - before).isEqualTo(10);
  }

  @Test
  void aDeregisteredTargetEndsWhatItHasAndGetsNothingMore() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.HOLDS);
    CompletableFuture<HttpResponse<String>> held =
        world.http.sendAsync(
            HttpRequest.newBuilder(at.resolve("/held")).build(),
            HttpResponse.BodyHandlers.ofString());
    await().atMost(ofSeconds(90)).until(() -> blue.requests.get() == 1);
    world.register(blueGroup, green.address);
    await().atMost(ofSeconds(90)).until(() -> world.health(blueGroup).equals("[healthy]"));
    // When
    world.deregister(blueGroup, blue.address);
    // Then
    assertThat(world.health(blueGroup)).isEqualTo("[draining, healthy]");
    for (int i = 0; i < 10; i++) {
      assertThat(world.get(at, "/x").body()).startsWith(green.address);
    }
    blue.release();
    assertThat(held.get().body()).isEqualTo("late " + blue.address);
    await().atMost(ofSeconds(90)).until(() -> world.health(blueGroup).equals("[healthy]"));
  }

  @Test
  void whatIsStillHeldWhenDeregistrationEndsIsCut() {
    // Given
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.HOLDS);
    CompletableFuture<HttpResponse<String>> held =
        world.http.sendAsync(
            HttpRequest.newBuilder(at.resolve("/held")).build(),
            HttpResponse.BodyHandlers.ofString());
    await().atMost(ofSeconds(90)).until(() -> blue.requests.get() == 1);
    // When
    world.deregister(blueGroup, blue.address);
    // Then
    await().atMost(ofSeconds(90)).until(held::isDone);
    assertThat(held.join().statusCode()).isEqualTo(502);
  }

  @Test
  void aStickyClientStaysWithItsGroupAtWeightZero() throws Exception {
    // Given
    URI at = listen(60, 1, 0);
    HttpResponse<String> first = world.get(at, "/x");
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
    String pair = cookie.substring(0, cookie.indexOf(';'));
    Listener listener =
        world
            .elb
            .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
            .listeners()
            .getFirst();
    // When
    world.elb.modifyListener(
        r ->
            r.listenerArn(listener.listenerArn())
                .defaultActions(TrafficWorld.forward(60, List.of(blueGroup, greenGroup), 0, 1)));
    // Then
    assertThat(world.get(at, "/x", "Cookie", pair).body()).startsWith(blue.address);
    assertThat(world.get(at, "/x").body()).startsWith(green.address);
    world.deregister(blueGroup, blue.address);
    assertThat(world.get(at, "/x", "Cookie", pair).statusCode()).isEqualTo(503);
  }
}

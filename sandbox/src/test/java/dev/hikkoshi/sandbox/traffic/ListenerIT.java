package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Real requests through a real listener; what exists is made with the real SDK. */
class ListenerIT {

  @TempDir Path directory;
  private TrafficWorld world;
  private FakeTarget blue;
  private FakeTarget green;
  private TargetGroup blueGroup;
  private TargetGroup greenGroup;
  private LoadBalancer balancer;

  @BeforeEach
  void open() throws Exception {
    world = new TrafficWorld(directory);
    blue = FakeTarget.open(world.region.vertx(), "10.198.1.1");
    green = FakeTarget.open(world.region.vertx(), "10.198.1.2");
    blueGroup = world.group("blue", blue.address);
    greenGroup = world.group("green", green.address);
    balancer = world.balancer("web");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private URI listen(int stickySeconds, int blueWeight, int greenWeight) {
    world.listener(
        balancer,
        80,
        TrafficWorld.forward(
            stickySeconds, List.of(blueGroup, greenGroup), blueWeight, greenWeight));
    await().atMost(ofSeconds(10)).until(() -> healthy(blueGroup) && healthy(greenGroup));
    return world.at(balancer, 80);
  }

  private boolean healthy(TargetGroup group) {
    return world.health(group).equals("[healthy]");
  }

  private double metric(String name, Map<String, String> dimensions) {
    List<Dimension> all =
        dimensions.entrySet().stream()
            .map(e -> Dimension.builder().name(e.getKey()).value(e.getValue()).build())
            .toList();
    Instant now = Instant.now();
    return world
        .cloudWatch
        .getMetricData(
            r ->
                r.startTime(now.minusSeconds(300))
                    .endTime(now.plusSeconds(60))
                    .metricDataQueries(
                        q ->
                            q.id("m")
                                .metricStat(
                                    s ->
                                        s.period(60)
                                            .stat("Sum")
                                            .metric(
                                                m ->
                                                    m.namespace("AWS/ApplicationELB")
                                                        .metricName(name)
                                                        .dimensions(all)))))
        .metricDataResults()
        .getFirst()
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private String balancerDimension() {
    String arn = balancer.loadBalancerArn();
    return arn.substring(arn.indexOf("app/"));
  }

  @Test
  void requestsAreSharedByWeightAndCounted() throws Exception {
    // Given
    URI at = listen(0, 95, 5);
    int requests = 4000;
    // When
    Map<String, Integer> answers = new HashMap<>();
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer = world.get(at, "/x");
      assertThat(answer.statusCode()).isEqualTo(200);
      answers.merge(answer.body().substring(0, answer.body().indexOf(' ')), 1, Integer::sum);
    }
    // Then
    int onGreen = answers.getOrDefault(green.address, 0);
    assertThat(Binomial.fits(onGreen, requests, 0.05)).as("%s", answers).isTrue();
    String group = greenGroup.targetGroupArn();
    Map<String, String> dimensions =
        Map.of(
            "LoadBalancer",
            balancerDimension(),
            "TargetGroup",
            group.substring(group.indexOf("targetgroup/")));
    await()
        .atMost(ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(metric("RequestCount", dimensions)).isEqualTo(onGreen);
              assertThat(metric("RequestCount", Map.of("LoadBalancer", balancerDimension())))
                  .isEqualTo(requests);
            });
  }

  @Test
  void weightsChangeForTheNextRequest() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    assertThat(world.get(at, "/x").body()).startsWith(blue.address);
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
                .defaultActions(TrafficWorld.forward(0, List.of(blueGroup, greenGroup), 0, 1)));
    // Then
    assertThat(world.get(at, "/x").body()).startsWith(green.address);
  }

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
        .atMost(ofSeconds(10))
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
  void aSickTargetGetsNothingUntilAllAreSick() throws Exception {
    // Given
    world.register(blueGroup, green.address);
    URI at = listen(0, 1, 0);
    blue.mood(FakeTarget.Mood.SICK);
    await().atMost(ofSeconds(15)).until(() -> world.health(blueGroup).contains("unhealthy"));
    int before = blue.requests.get();
    // When
    for (int i = 0; i < 20; i++) {
      assertThat(world.get(at, "/x").body()).startsWith(green.address);
    }
    green.mood(FakeTarget.Mood.SICK);
    await().atMost(ofSeconds(15)).until(() -> world.health(blueGroup).equals("[unhealthy]"));
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
    await().atMost(ofSeconds(5)).until(() -> blue.requests.get() == 1);
    world.register(blueGroup, green.address);
    await().atMost(ofSeconds(10)).until(() -> world.health(blueGroup).equals("[healthy]"));
    // When
    world.deregister(blueGroup, blue.address);
    // Then
    assertThat(world.health(blueGroup)).isEqualTo("[draining, healthy]");
    for (int i = 0; i < 10; i++) {
      assertThat(world.get(at, "/x").body()).startsWith(green.address);
    }
    blue.release();
    assertThat(held.get().body()).isEqualTo("late " + blue.address);
    await().atMost(ofSeconds(10)).until(() -> world.health(blueGroup).equals("[healthy]"));
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
    await().atMost(ofSeconds(5)).until(() -> blue.requests.get() == 1);
    // When
    world.deregister(blueGroup, blue.address);
    // Then
    await().atMost(ofSeconds(10)).until(held::isDone);
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

  @Test
  void rulesHoldByPriorityAndTheRestByDefault() throws Exception {
    // Given
    Listener listener =
        world.listener(
            balancer,
            80,
            Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(
                    f -> f.statusCode("404").contentType("text/plain").messageBody("nothing here"))
                .build());
    rule(listener, 20, "*.example.com", "/*", blueGroup);
    rule(listener, 10, "api.example.com", "/v2/*", greenGroup);
    await().atMost(ofSeconds(10)).until(() -> healthy(blueGroup) && healthy(greenGroup));
    URI at = world.at(balancer, 80);
    // When, then
    assertThat(world.getAs("api.example.com", at, "/v2/a?b").body()).startsWith(green.address);
    assertThat(world.getAs("API.example.com:80", at, "/v1/a").body()).startsWith(blue.address);
    assertThat(world.getAs("other.org", at, "/v2/a"))
        .isEqualTo(new TrafficWorld.Answer(404, "nothing here"));
  }

  private void rule(Listener listener, int priority, String host, String path, TargetGroup group) {
    world.elb.createRule(
        r ->
            r.listenerArn(listener.listenerArn())
                .priority(priority)
                .conditions(
                    RuleCondition.builder()
                        .field("host-header")
                        .hostHeaderConfig(h -> h.values(host))
                        .build(),
                    RuleCondition.builder().field("path-pattern").values(path).build())
                .actions(
                    a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group.targetGroupArn())));
  }

  @Test
  void bodiesAndHeadersArriveWithWhatALoadBalancerAdds() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    String body = "x".repeat(300_000);
    // When
    HttpResponse<String> answer =
        world.http.send(
            HttpRequest.newBuilder(at.resolve("/upload?a=b%20c"))
                .header("X-Forwarded-For", "203.0.113.7")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    // Then
    assertThat(answer.body()).isEqualTo(blue.address + " 300000");
    var request = Objects.requireNonNull(blue.last.get());
    assertThat(request.uri()).isEqualTo("/upload?a=b%20c");
    assertThat(request.getHeader("X-Forwarded-For")).isEqualTo("203.0.113.7, 127.0.0.1");
    assertThat(request.getHeader("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(request.getHeader("X-Forwarded-Port")).isEqualTo("80");
    assertThat(request.getHeader("X-Amzn-Trace-Id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
  }

  @Test
  void anHttpsListenerShowsACertificateOfTheRegionForTheHostsOfItsRules() throws Exception {
    // Given
    Listener listener =
        world
            .elb
            .createListener(
                r ->
                    r.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol(ProtocolEnum.HTTPS)
                        .port(443)
                        .certificates(
                            c -> c.certificateArn("arn:aws:acm:ap-northeast-1:111122223333:x/y"))
                        .defaultActions(
                            TrafficWorld.forward(0, List.of(blueGroup, greenGroup), 1, 0)))
            .listeners()
            .getFirst();
    rule(listener, 10, "api.example.com", "/*", greenGroup);
    await().atMost(ofSeconds(10)).until(() -> healthy(blueGroup) && healthy(greenGroup));
    URI at = world.at(balancer, 443);
    // When
    TrafficWorld.Secure answer = world.getSecure("api.example.com", at, "/x");
    // Then
    assertThat(answer.body()).startsWith(green.address);
    assertThat(answer.names()).contains("api.example.com", balancer.dnsName());
    assertThat(Objects.requireNonNull(green.last.get()).getHeader("X-Forwarded-Proto"))
        .isEqualTo("https");
  }

  @Test
  void aDeletedLoadBalancerClosesItsAddress() throws Exception {
    // Given
    URI at = listen(0, 1, 1);
    assertThat(world.get(at, "/x").statusCode()).isEqualTo(200);
    // When
    world.elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
    // Then
    assertThatThrownBy(() -> world.get(at, "/x")).isInstanceOf(java.io.IOException.class);
    assertThat(world.health(blueGroup)).isEqualTo("[unused]");
  }

  @Test
  void everythingIsThereAgainAfterARestart() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    String zone = world.zone("example.org");
    String dns = world.dnsPart.summary().path("address").asText();
    world.close();
    // When
    world = new TrafficWorld(directory);
    blue = FakeTarget.open(world.region.vertx(), "10.198.1.1");
    green = FakeTarget.open(world.region.vertx(), "10.198.1.2");
    // Then
    assertThat(world.at(balancer, 80)).isEqualTo(at);
    assertThat(world.get(at, "/x").body()).startsWith(blue.address);
    assertThat(world.dnsPart.summary().path("address").asText()).isEqualTo(dns);
    assertThat(world.route53.getHostedZone(r -> r.id(zone)).hostedZone().name())
        .isEqualTo("example.org.");
  }
}

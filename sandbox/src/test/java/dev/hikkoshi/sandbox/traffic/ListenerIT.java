package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Real requests through a real listener. */
class ListenerIT extends BalancerFixture {

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
        .atMost(ofSeconds(90))
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
    await().atMost(ofSeconds(90)).until(() -> healthy(blueGroup) && healthy(greenGroup));
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
  void answersWithoutABodyAndInChunksPassAsTheyAre() throws Exception {
    // Given
    URI at = listen(0, 1, 0);
    HttpRequest head =
        HttpRequest.newBuilder(at.resolve("/x"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    for (int i = 0; i < 3; i++) { // on one kept connection: what is left over would show
      // When, then
      assertThat(world.http.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(world.get(at, "/status/204").statusCode()).isEqualTo(204);
      HttpResponse<String> unchanged = world.get(at, "/status/304");
      assertThat(unchanged.statusCode()).isEqualTo(304);
      assertThat(unchanged.headers().firstValue("ETag")).contains("\"1\"");
      assertThat(world.get(at, "/status/500").statusCode()).isEqualTo(500);
      assertThat(world.get(at, "/chunked").body()).isEqualTo("one two");
    }
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
    await().atMost(ofSeconds(90)).until(() -> healthy(blueGroup) && healthy(greenGroup));
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
    blue = FakeTarget.open(world.region.vertx(), blue.address);
    green = FakeTarget.open(world.region.vertx(), green.address);
    // Then
    assertThat(world.at(balancer, 80)).isEqualTo(at);
    assertThat(world.get(at, "/x").body()).startsWith(blue.address);
    assertThat(world.dnsPart.summary().path("address").asText()).isEqualTo(dns);
    assertThat(world.route53.getHostedZone(r -> r.id(zone)).hostedZone().name())
        .isEqualTo("example.org.");
  }
}

package dev.hikkoshi.sandbox.lbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.sandbox.TestClients;
import dev.hikkoshi.sandbox.TestCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Ingresses and bindings of a real control plane, seen by the real SDK and over HTTP. */
class ControllerIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002");

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static ElasticLoadBalancingV2Client elb;
  private static Vertx vertx;

  /**
   * Kept here: Vert.x closes a client that nobody refers to any more, with its requests in work.
   */
  private static HttpClient client;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(directory);
    elb = connected();
    vertx = Vertx.vertx();
    client = vertx.createHttpClient();
  }

  private static ElasticLoadBalancingV2Client connected() {
    return TestClients.client(
        ElasticLoadBalancingV2Client.builder(),
        cluster.sandbox().endpoint(),
        cluster.sandbox().keys().hikkoshi());
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    elb.close();
    cluster.close();
  }

  @AfterEach
  void empty() {
    KubernetesClient client = cluster.kubernetes();
    client.network().v1().ingresses().inNamespace("default").delete();
    client.genericKubernetesResources(Inside.BINDINGS).inNamespace("default").delete();
    await()
        .atMost(SOON)
        .until(
            () ->
                client.network().v1().ingresses().inNamespace("default").list().getItems().isEmpty()
                    && client
                        .genericKubernetesResources(Inside.BINDINGS)
                        .inNamespace("default")
                        .list()
                        .getItems()
                        .isEmpty());
    client.apps().deployments().inNamespace("default").delete();
    await()
        .atMost(SOON)
        .until(() -> client.pods().inNamespace("default").list().getItems().isEmpty());
  }

  private static String app(String name, String tag) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: 2
          strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
              - name: app
                image: sandbox.hikkoshi.dev/http:%2$s
                ports: [{name: http, containerPort: 8080}]
                readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                env: [{name: CLUSTER_NAME, value: %1$s}]
                lifecycle: {preStop: {sleep: {seconds: 3}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s}
        spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: http}]}
        """
        .formatted(name, tag);
  }

  private static String ingress(String annotations) {
    return """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations: {alb.ingress.kubernetes.io/scheme: internet-facing, %s}
        spec:
          ingressClassName: alb
          rules:
          - host: www.example.com
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
        """
        .formatted(annotations);
  }

  private static final String HEALTH =
      "alb.ingress.kubernetes.io/load-balancer-name: web-1, alb.ingress.kubernetes.io/target-type: ip, "
          + "alb.ingress.kubernetes.io/healthcheck-path: /healthz, "
          + "alb.ingress.kubernetes.io/healthcheck-interval-seconds: \"5\", "
          + "alb.ingress.kubernetes.io/healthcheck-timeout-seconds: \"2\"";

  private static Ingress live() {
    return cluster
        .kubernetes()
        .network()
        .v1()
        .ingresses()
        .inNamespace("default")
        .withName("web")
        .get();
  }

  private static String hostname() {
    var status = live().getStatus();
    return status == null
            || status.getLoadBalancer() == null
            || status.getLoadBalancer().getIngress().isEmpty()
        ? ""
        : status.getLoadBalancer().getIngress().getFirst().getHostname();
  }

  private static LoadBalancer balancer(String name) {
    return elb.describeLoadBalancers(r -> r.names(name)).loadBalancers().getFirst();
  }

  /** Where port 80 of a load balancer really is: address and port. */
  private static RequestOptions at(String name) {
    JsonNode summary = cluster.sandbox().summary().at("/parts/elb/loadBalancers/" + name);
    String[] where = summary.at("/listeners/80").asText().split(":", -1);
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(where[0])
        .setPort(Integer.parseInt(where[1]))
        .setURI("/some")
        .putHeader("Host", "www.example.com");
  }

  private record Answer(int status, String cluster, String image) {}

  private static Answer answer(String balancer) throws Exception {
    return get(client, balancer)
        .toCompletionStage()
        .toCompletableFuture()
        .get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private static Future<Answer> get(HttpClient client, String balancer) {
    return client
        .request(at(balancer))
        .compose(HttpClientRequest::send)
        .compose(
            r ->
                r.body()
                    .map(
                        _ ->
                            new Answer(
                                r.statusCode(),
                                String.valueOf(r.getHeader("X-Hikkoshi-Cluster")),
                                String.valueOf(r.getHeader("X-Sandbox-Image")))));
  }

  private static long healthy(String groupArn) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(groupArn))
        .targetHealthDescriptions()
        .stream()
        .filter(d -> d.targetHealth().stateAsString().equals("healthy"))
        .count();
  }

  private static TargetGroup groupOf(LoadBalancer balancer) {
    return elb.describeTargetGroups(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
        .targetGroups()
        .getFirst();
  }

  /** Requests one after the other on each of some connections, until told. */
  private static final class Load {
    private final HttpClient client =
        vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(8));
    private final String balancer;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> byImage = new ConcurrentHashMap<>();
    private final CountDownLatch running = new CountDownLatch(8);

    private Load(String balancer) {
      this.balancer = balancer;
      for (int i = 0; i < 8; i++) {
        next();
      }
    }

    private void next() {
      if (over.get()) {
        running.countDown();
        return;
      }
      requests.incrementAndGet();
      get(client, balancer)
          .onComplete(
              answer -> {
                if (answer.failed() || answer.result().status() != 200) {
                  failures.add(
                      answer.failed() ? answer.cause().toString() : answer.result().toString());
                } else {
                  byImage
                      .computeIfAbsent(answer.result().image(), _ -> new AtomicInteger())
                      .incrementAndGet();
                }
                vertx.setTimer(5, _ -> next());
              });
    }

    private void stop() throws InterruptedException {
      over.set(true);
      running.await();
      client.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void serve() {
    cluster.apply(app("web", "1"));
    cluster.apply(ingress(HEALTH));
    await().atMost(SOON).until(() -> !hostname().isEmpty());
    await().atMost(SOON).until(() -> healthy(groupOf(balancer("web-1")).targetGroupArn()) == 2);
  }

  @Test
  void anIngressBecomesALoadBalancerAndGoesWithIt() throws Exception {
    // When
    serve();
    // Then
    LoadBalancer balancer = balancer("web-1");
    assertThat(hostname()).isEqualTo(balancer.dnsName());
    assertThat(
            elb.describeTags(r -> r.resourceArns(balancer.loadBalancerArn()))
                .tagDescriptions()
                .getFirst()
                .tags())
        .contains(
            Tag.builder().key("elbv2.k8s.aws/cluster").value(TestCluster.NAME).build(),
            Tag.builder().key("ingress.k8s.aws/stack").value("default/web").build());
    Answer answer = answer("web-1");
    assertThat(answer).isEqualTo(new Answer(200, "web", "sandbox.hikkoshi.dev/http:1"));
    assertThat(
            cluster.sandbox().calls().after(0, c -> c.operation().equals("CreateLoadBalancer"), 10))
        .extracting(c -> c.principal())
        .containsOnly(
            "arn:aws:sts::111122223333:assumed-role/load-balancer-controller/" + TestCluster.NAME);
    // When
    cluster.kubernetes().network().v1().ingresses().inNamespace("default").withName("web").delete();
    // Then
    await().atMost(SOON).until(() -> live() == null);
    assertThat(exists("web-1")).isFalse();
    assertThat(elb.describeTargetGroups().targetGroups()).isEmpty();
  }

  private static boolean exists(String name) {
    try {
      return !elb.describeLoadBalancers(r -> r.names(name)).loadBalancers().isEmpty();
    } catch (LoadBalancerNotFoundException e) {
      return false;
    }
  }

  @Test
  void anAnnotationThatIsNotPlayedIsRefusedByAnEvent() {
    // When
    cluster.apply(app("web", "1"));
    cluster.apply(ingress("alb.ingress.kubernetes.io/group.name: shared"));
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        cluster.kubernetes().v1().events().inNamespace("default").list().getItems())
                    .filteredOn(e -> e.getInvolvedObject().getKind().equals("Ingress"))
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.contains("group.name")));
    assertThat(hostname()).isEmpty();
    assertThat(elb.describeLoadBalancers().loadBalancers()).isEmpty();
  }

  @Test
  void aRollingUpdateUnderLoadLosesNoRequest() throws Exception {
    // Given
    serve();
    Load load = new Load("web-1");
    // When
    cluster.apply(app("web", "2"));
    await().atMost(SOON).until(() -> images("web").equals(List.of("sandbox.hikkoshi.dev/http:2")));
    await().atMost(SOON).until(() -> healthy(groupOf(balancer("web-1")).targetGroupArn()) == 2);
    load.stop();
    // Then
    System.out.printf("rolling update: %d requests %s%n", load.requests.get(), load.byImage);
    assertThat(load.failures).isEmpty();
    assertThat(load.byImage)
        .containsKeys("sandbox.hikkoshi.dev/http:1", "sandbox.hikkoshi.dev/http:2");
  }

  private static List<String> images(String app) {
    return cluster
        .kubernetes()
        .pods()
        .inNamespace("default")
        .withLabel("app", app)
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .distinct()
        .toList();
  }

  private static void bind(String name, String groupArn) {
    cluster.apply(
        """
        apiVersion: elbv2.k8s.aws/v1beta1
        kind: TargetGroupBinding
        metadata: {name: %1$s}
        spec: {targetGroupARN: "%2$s", targetType: ip, serviceRef: {name: %1$s, port: 80}}
        """
            .formatted(name, groupArn));
  }

  private static String group(String name) {
    return elb.createTargetGroup(
            r ->
                r.name(name)
                    .protocol("HTTP")
                    .port(8080)
                    .vpcId("vpc-0a1b2c3d4e5f60001")
                    .targetType(TargetTypeEnum.IP)
                    .healthCheckPath("/healthz")
                    .healthCheckIntervalSeconds(5)
                    .healthCheckTimeoutSeconds(2)
                    .healthyThresholdCount(2))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private static TargetGroupTuple weighted(String arn, int weight) {
    return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
  }

  @Test
  void bindingsFillTheWeightedGroupsOfASharedLoadBalancer() throws Exception {
    // Given
    cluster.apply(app("blue", "1"));
    cluster.apply(app("green", "1"));
    String blue = group("blue");
    String green = group("green");
    LoadBalancer shared =
        elb.createLoadBalancer(r -> r.name("shared").subnets(SUBNETS)).loadBalancers().getFirst();
    elb.createListener(
        r ->
            r.loadBalancerArn(shared.loadBalancerArn())
                .protocol("HTTP")
                .port(80)
                .defaultActions(
                    Action.builder()
                        .type(ActionTypeEnum.FORWARD)
                        .forwardConfig(f -> f.targetGroups(weighted(blue, 50), weighted(green, 50)))
                        .build()));
    // When
    bind("blue", blue);
    bind("green", green);
    await().atMost(SOON).until(() -> healthy(blue) == 2 && healthy(green) == 2);
    // Then
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    for (int i = 0; i < 60; i++) {
      Answer answer = answer("shared");
      seen.computeIfAbsent(answer.cluster(), _ -> new AtomicInteger()).incrementAndGet();
    }
    assertThat(seen).containsOnlyKeys("blue", "green");
    // When
    cluster.kubernetes().apps().deployments().inNamespace("default").withName("green").scale(0);
    // Then
    await().atMost(SOON).until(() -> targets(green) == 0 && targets(blue) == 2);
    // When: the controller comes back
    elb.close();
    cluster.restart();
    elb = connected();
    // Then
    await().atMost(SOON).until(() -> healthy(blue) == 2);
    // When
    cluster
        .kubernetes()
        .genericKubernetesResources(Inside.BINDINGS)
        .inNamespace("default")
        .withName("blue")
        .delete();
    // Then
    await().atMost(SOON).until(() -> targets(blue) == 0);
    elb.deleteLoadBalancer(r -> r.loadBalancerArn(shared.loadBalancerArn()));
    elb.deleteTargetGroup(r -> r.targetGroupArn(blue));
    elb.deleteTargetGroup(r -> r.targetGroupArn(green));
  }

  private static int targets(String arn) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions().size();
  }
}

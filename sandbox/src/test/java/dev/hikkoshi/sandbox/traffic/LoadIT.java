package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Many requests side by side: none may fail, and the share has to be right. */
class LoadIT {

  private static final int REQUESTS = 40_000;
  private static final int CONNECTIONS = 32;

  /** On two cores that do nothing else, clients included; other tests may run beside this one. */
  private static final int LEAST_PER_SECOND = 2_000;

  private static final int CORES = 2;

  @TempDir Path directory;

  /** Requests one after the other on each of some connections, until there were enough. */
  private static final class Run {
    private final HttpClient client;
    private final URI at;
    private final String counted;
    private final BooleanSupplier enough;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger(CONNECTIONS);
    private final CompletableFuture<Integer> done = new CompletableFuture<>();

    private Run(TrafficWorld world, URI at, String counted, int most, BooleanSupplier enough) {
      this.client =
          world
              .region
              .vertx()
              .createHttpClient(
                  new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
      this.at = at;
      this.counted = counted;
      this.enough = () -> requests.get() >= most || enough.getAsBoolean();
      for (int i = 0; i < CONNECTIONS; i++) {
        next();
      }
    }

    private void next() {
      if (enough.getAsBoolean()) {
        if (running.decrementAndGet() == 0) {
          done.complete(hits.get());
        }
        return;
      }
      requests.incrementAndGet();
      client
          .request(HttpMethod.GET, at.getPort(), at.getHost(), "/load")
          .compose(HttpClientRequest::send)
          .compose(
              answer ->
                  answer.statusCode() == 200
                      ? answer.body()
                      : Future.failedFuture("status " + answer.statusCode()))
          .onComplete(
              answer -> {
                if (answer.failed()) {
                  failures.add(String.valueOf(answer.cause()));
                } else if (answer.result().toString().startsWith(counted)) {
                  hits.incrementAndGet();
                }
                next();
              });
    }
  }

  /** What this process has computed; how long it waited for a core says nothing of it. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Test
  void noneOfManyRequestsFailsAndTheShareIsRight() throws Exception {
    try (TrafficWorld world = new TrafficWorld(directory)) {
      // Given
      FakeTarget blue = FakeTarget.open(world.region.vertx());
      FakeTarget green = FakeTarget.open(world.region.vertx());
      TargetGroup blueGroup = world.group("blue", blue.address);
      TargetGroup greenGroup = world.group("green", green.address);
      LoadBalancer balancer = world.balancer("load");
      world.listener(balancer, 80, TrafficWorld.forward(0, List.of(blueGroup, greenGroup), 99, 1));
      await()
          .atMost(ofSeconds(90))
          .until(
              () ->
                  (world.health(blueGroup) + world.health(greenGroup))
                      .equals("[healthy][healthy]"));
      long start = cpuNanos();
      // When
      Run run = new Run(world, world.at(balancer, 80), green.address, REQUESTS, () -> false);
      int onGreen = run.done.get();
      // Then
      int requests = run.requests.get();
      double perSecond = CORES * requests / ((cpuNanos() - start) / 1e9);
      System.out.printf("load: %.0f requests/s, %d of %d on 1%%%n", perSecond, onGreen, requests);
      assertThat(run.failures).isEmpty();
      assertThat(Binomial.fits(onGreen, requests, 0.01)).as("%d", onGreen).isTrue();
      assertThat(perSecond).isGreaterThan(LEAST_PER_SECOND);
    }
  }

  @Test
  void noRequestFailsWhileWeightsMoveAndTargetsComeAndGo() throws Exception {
    try (TrafficWorld world = new TrafficWorld(directory)) {
      // Given
      FakeTarget blue = FakeTarget.open(world.region.vertx());
      FakeTarget green = FakeTarget.open(world.region.vertx());
      FakeTarget later = FakeTarget.open(world.region.vertx());
      TargetGroup blueGroup = world.group("blue", blue.address);
      TargetGroup greenGroup = world.group("green", green.address, later.address);
      List<TargetGroup> groups = List.of(blueGroup, greenGroup);
      LoadBalancer balancer = world.balancer("move");
      Listener listener = world.listener(balancer, 80, TrafficWorld.forward(0, groups, 1, 0));
      await()
          .atMost(ofSeconds(90))
          .until(
              () ->
                  (world.health(blueGroup) + world.health(greenGroup))
                      .equals("[healthy][healthy]"));
      AtomicBoolean over = new AtomicBoolean();
      Run run = new Run(world, world.at(balancer, 80), "", Integer.MAX_VALUE, over::get);
      // When: weights move over and back, a target drains and ends, rules come and go
      for (int weight = 0; weight <= 100; weight += 5) {
        int share = weight;
        world.elb.modifyListener(
            r ->
                r.listenerArn(listener.listenerArn())
                    .defaultActions(TrafficWorld.forward(0, groups, 100 - share, share)));
      }
      world.deregister(greenGroup, later.address);
      await().atMost(ofSeconds(90)).until(() -> world.health(greenGroup).equals("[healthy]"));
      later.close();
      world.listener(balancer, 8080, TrafficWorld.forward(0, groups, 1, 1));
      world.elb.modifyListener(
          r ->
              r.listenerArn(listener.listenerArn())
                  .defaultActions(TrafficWorld.forward(0, groups, 100, 0)));
      world.deregister(greenGroup, green.address);
      await().atMost(ofSeconds(90)).until(() -> world.health(greenGroup).equals("[]"));
      green.close();
      over.set(true);
      run.done.get();
      // Then
      System.out.printf("load: %d requests while everything moved%n", run.requests.get());
      assertThat(run.requests.get()).isGreaterThan(1000);
      assertThat(run.failures).isEmpty();
    }
  }
}

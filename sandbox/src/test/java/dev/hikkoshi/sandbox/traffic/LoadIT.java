package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Many requests side by side: none may fail, and the share has to be right. */
class LoadIT {

  private static final int REQUESTS = 40_000;
  private static final int CONNECTIONS = 32;
  private static final int LEAST_PER_SECOND = 2_000;

  @TempDir Path directory;

  private static final class Run {
    private final HttpClient client;
    private final URI at;
    private final String counted;
    private final AtomicInteger left = new AtomicInteger(REQUESTS);
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger(CONNECTIONS);
    private final CompletableFuture<Integer> done = new CompletableFuture<>();

    private Run(HttpClient client, URI at, String counted) {
      this.client = client;
      this.at = at;
      this.counted = counted;
    }

    private void next() {
      if (left.getAndDecrement() <= 0) {
        if (running.decrementAndGet() == 0) {
          done.complete(hits.get());
        }
        return;
      }
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
                  failed.incrementAndGet();
                } else if (counted(answer.result())) {
                  hits.incrementAndGet();
                }
                next();
              });
    }

    private boolean counted(Buffer body) {
      return body.toString().startsWith(counted);
    }
  }

  @Test
  void noneOfManyRequestsFailsAndTheShareIsRight() throws Exception {
    try (TrafficWorld world = new TrafficWorld(directory)) {
      // Given
      FakeTarget blue = FakeTarget.open(world.region.vertx(), "10.198.2.1");
      FakeTarget green = FakeTarget.open(world.region.vertx(), "10.198.2.2");
      TargetGroup blueGroup = world.group("blue", blue.address);
      TargetGroup greenGroup = world.group("green", green.address);
      LoadBalancer balancer = world.balancer("load");
      world.listener(balancer, 80, TrafficWorld.forward(0, List.of(blueGroup, greenGroup), 99, 1));
      await()
          .atMost(ofSeconds(10))
          .until(
              () ->
                  (world.health(blueGroup) + world.health(greenGroup))
                      .equals("[healthy][healthy]"));
      HttpClient client =
          world
              .region
              .vertx()
              .createHttpClient(
                  new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
      Run run = new Run(client, world.at(balancer, 80), green.address);
      long start = System.nanoTime();
      // When
      for (int i = 0; i < CONNECTIONS; i++) {
        run.next();
      }
      int onGreen = run.done.get();
      // Then
      double perSecond = REQUESTS / ((System.nanoTime() - start) / 1e9);
      System.out.printf("load: %.0f requests/s, %d of %d on 1%%%n", perSecond, onGreen, REQUESTS);
      assertThat(run.failed.get()).isZero();
      assertThat(Binomial.fits(onGreen, REQUESTS, 0.01)).as("%d", onGreen).isTrue();
      assertThat(perSecond).isGreaterThan(LEAST_PER_SECOND);
    }
  }
}

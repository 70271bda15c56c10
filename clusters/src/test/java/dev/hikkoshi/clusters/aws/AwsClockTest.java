package dev.hikkoshi.clusters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.environments.port.Fence;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sts.model.StsException;

/** The controller's time is AWS's, whatever the machine's clock says. */
class AwsClockTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final AtomicReference<Instant> machine = new AtomicReference<>(NOON);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private AwsClock clock() {
    return new AwsClock(machine::get, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aJumpOfTheMachinesClockDoesNotTouchIt() {
    // Given
    AwsClock clock = clock();

    // When
    machine.set(NOON.plus(Duration.ofHours(5)));
    pass(Duration.ofSeconds(90));

    // Then
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "PT-2S", "PT2S", "PT25H"})
  void anAnswerThatProvesItWrongPutsItRight(Duration wrong) {
    // Given
    machine.set(NOON.plus(wrong));
    AwsClock clock = clock();
    long sent = clock.nanos();
    pass(Duration.ofMillis(40));

    // When
    clock.answered(NOON, sent);

    // Then
    assertThat(clock.instant()).isBetween(NOON, NOON.plusMillis(1_040));
  }

  /** Made at 12:00:00.9 it says 12:00:00, and took its time on the way. */
  @ParameterizedTest
  @ValueSource(longs = {0, 999, 3_000})
  void anAnswerThatCanBeTrueLeavesItAsItIs(long later) {
    // Given
    machine.set(NOON.plusMillis(later));
    AwsClock clock = clock();
    long sent = clock.nanos();
    pass(Duration.ofSeconds(2));

    // When
    Instant before = clock.instant();
    clock.answered(NOON.plusSeconds(2), sent);

    // Then
    assertThat(clock.instant()).isEqualTo(before);
  }

  /** The JDK's server dates its answers as AWS does. */
  @Test
  void everyAnswerOfAwsIsHeardRefusalsToo() throws Exception {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "<ErrorResponse/>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    AwsClock clock = AwsClock.beginningWith(() -> Instant.EPOCH);
    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    AwsSettings settings = AwsSettings.standard().in("ap-northeast-1").at(here);
    System.setProperty("aws.accessKeyId", "AKIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");

    // When
    try (AwsClients aws = AwsClients.of(settings, Fence.OPEN, clock)) {
      assertThat(catchThrowable(() -> aws.sts().getCallerIdentity()))
          .isInstanceOf(StsException.class);
    } finally {
      server.stop(0);
    }

    // Then
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }
}

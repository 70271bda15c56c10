package dev.hikkoshi.clusters.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.clusters.metrics.PlayedServer.Told;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between us and any provider, shown with Prometheus' API. */
class ExchangeTest {

  private static final Measure UP = new Measure.Prometheus("main", new Asked.Value<>("sum(up)"));
  private static final String EMPTY =
      "{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": []}}";

  @TempDir Path credentials;
  private PlayedServer server;
  private Asking asking;

  @BeforeEach
  void open() throws IOException {
    server = new PlayedServer(_ -> Told.json(EMPTY));
    asking =
        new Asking(
            () -> options(server.url(), Optional.of(credentials)),
            new Exchange.Limits(Duration.ofSeconds(2), 3, 64 << 10, 2));
    Files.writeString(credentials.resolve("token"), "a-token");
  }

  private static MetricsOptions options(String url, Optional<Path> credentials) {
    var options =
        new MetricsOptions.Prometheus(
            url, false, credentials, Optional.empty(), Optional.of("shop"), Duration.ZERO);
    return MetricsOptions.of(Map.of("main", options), Map.of(), Map.of());
  }

  @AfterEach
  void close() {
    asking.close();
    server.close();
  }

  @Test
  void aServerThatFailedIsAskedAgainAndNotMoreThanThreeTimes() {
    // Given
    AtomicInteger times = new AtomicInteger();
    server.answer(_ -> times.incrementAndGet() < 3 ? Told.status(503, "") : Told.json(EMPTY));

    // When, Then
    assertThat(asking.ask(UP, 5)).isInstanceOf(Observation.Known.class);
    server.answer(_ -> Told.status(502, "<html>"));
    assertThat(Asking.why(asking.ask(UP, 5))).isEqualTo("HTTP 502");
    assertThat(server.asked()).hasSize(6);
  }

  @Test
  void aConnectionThatIsCutIsTriedAgain() {
    // Given
    AtomicInteger times = new AtomicInteger();
    server.answer(_ -> times.incrementAndGet() < 2 ? new Told(-1, Map.of(), "") : Told.json(EMPTY));

    // When, Then
    assertThat(asking.ask(UP, 5)).isInstanceOf(Observation.Known.class);
  }

  @Test
  void whoeverDoesNotAnswerInTimeIsUnknown() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    server.answer(
        _ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Told.json(EMPTY);
        });

    // When
    String why = Asking.why(asking.ask(UP, 5));
    never.countDown();

    // Then
    assertThat(why).contains("no whole answer within PT2S");
  }

  @Test
  void anAnswerThatDoesNotEndIsCutOff() {
    // Given
    server.answer(_ -> Told.json("\"" + "x".repeat(65 << 10) + "\""));

    // When, Then
    assertThat(asking.ask(UP, 5)).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void credentialsDoNotFollowARedirect() throws IOException {
    // Given
    try (PlayedServer elsewhere = new PlayedServer(_ -> Told.json(EMPTY))) {
      server.answer(_ -> new Told(302, Map.of("Location", elsewhere.url() + "/x"), ""));

      // When
      Observation<?> seen = asking.ask(UP, 5);

      // Then
      assertThat(seen).isInstanceOf(Observation.Unknown.class);
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void credentialsAreInOneHeaderAndNowhereElse() throws IOException {
    // When
    asking.ask(UP, 5);
    Files.delete(credentials.resolve("token"));
    Files.writeString(credentials.resolve("username"), "hikkoshi");
    Files.writeString(credentials.resolve("password"), "secret");
    asking.ask(UP, 5);

    // Then
    String pair =
        Base64.getEncoder().encodeToString("hikkoshi:secret".getBytes(StandardCharsets.UTF_8));
    assertThat(server.asked())
        .extracting(a -> a.header("Authorization").orElse(""))
        .containsExactly("Bearer a-token", "Basic " + pair);
    assertThat(server.asked())
        .allSatisfy(
            a -> {
              assertThat(a.header("X-Scope-OrgID")).contains("shop");
              assertThat(a.query()).isEmpty();
              assertThat(a.body()).doesNotContain("token").doesNotContain("secret");
            });
  }

  @Test
  void aServerThatIsNotConfiguredIsNamedWithItsKey() {
    // Given
    Measure measure = new Measure.NewRelic("elsewhere", new Asked.Value<>("SELECT 1"));

    // When, Then
    assertThat(Asking.why(asking.ask(measure, 5)))
        .contains("no hikkoshi.metrics.new-relic.elsewhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://metrics.example.com",
        "http://metrics.example.com",
        "https://user:word@metrics.example.com",
        "https://metrics.example.com?key=1",
        "metrics.example.com:9090",
        "http://127.0.0.1.example.com"
      })
  void anAddressThatIsNotSafeIsRefused(String url) {
    assertThatThrownBy(() -> options(url, Optional.of(credentials)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

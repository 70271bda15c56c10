package dev.hikkoshi.clusters.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.clusters.webhook.WebhookOptions.Header;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Reply;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.WebhookGateway.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {

  private static final Occasion OCCASION =
      new Occasion("shop", "shop-3", "gate", "web", 2, 25, Optional.of("old"), "new", "stepping");

  @TempDir Path folder;
  private HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile String says = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/gate", this::answer);
    server.createContext(
        "/hangs",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          wait(over);
          exchange.close();
        });
    server.createContext(
        "/away",
        exchange -> {
          exchange.getResponseHeaders().add("Location", url("/gate"));
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    server.start();
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    executor.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      byte[] body = says.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Observation<Reply> ask(
      String path, Optional<String> credentials, WebhookOptions options) {
    try (Webhooks webhooks = new Webhooks(options)) {
      return webhooks.ask(new Call(url(path), Duration.ofSeconds(2), credentials, OCCASION));
    }
  }

  private Observation<Reply> ask(String path) {
    return ask(path, Optional.empty(), WebhookOptions.none());
  }

  private WebhookOptions main(String base) throws IOException {
    Files.writeString(folder.resolve("token"), "t0p-s3cret\n");
    return new WebhookOptions(new TreeMap<>(Map.of("main", new Header(url(base), folder))));
  }

  @Test
  void theQuestionSaysWhatIsAboutToHappen() throws IOException {
    // Given
    says = "index caught up";

    // When
    Observation<Reply> reply = ask("/gate/ready");

    // Then
    assertThat(reply).isEqualTo(Observation.known(new Reply(true, "HTTP 200: index caught up")));
    JsonNode body = new ObjectMapper().readTree(bodies.getFirst());
    assertThat(body)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"environment":"shop","move":"shop-3","check":"gate","route":"web","step":2,
                     "percent":25,"from":"old","to":"new","phase":"stepping"}
                    """));
    assertThat(headers).containsExactly("null");
  }

  @ParameterizedTest
  @CsvSource({"400", "403", "404", "409", "500"})
  void anyOtherAnswerIsANoWithItsBeginningAsEvidence(int code) {
    // Given
    status = code;
    says = "behind by 40\n documents " + "x".repeat(100_000);

    // When
    Observation<Reply> reply = ask("/gate");

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Known.class,
            known -> {
              Reply no = (Reply) known.value();
              assertThat(no.good()).isFalse();
              assertThat(no.evidence())
                  .startsWith("HTTP " + code + ": behind by 40 documents xxx")
                  .hasSizeLessThan(600);
            });
  }

  @ParameterizedTest
  @CsvSource({"429", "502", "503", "504"})
  void whatSomebodyInBetweenSaysIsNoWordOnTheQuestion(int code) {
    // Given
    status = code;

    // Then
    assertThat(ask("/gate")).isInstanceOf(Unknown.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    // When
    Observation<Reply> reply = ask("/away");

    // Then
    assertThat(reply)
        .isEqualTo(Observation.known(new Reply(false, "HTTP 307: it leads elsewhere")));
    assertThat(bodies).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotEndIsUnknown() {
    assertThat(ask("/hangs"))
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains("no whole answer within PT2S"));
  }

  @Test
  void nobodyThereIsUnknown() {
    // Given
    int port = server.getAddress().getPort();
    server.stop(0);

    // When
    Observation<Reply> reply;
    try (Webhooks webhooks = new Webhooks(WebhookOptions.none())) {
      reply =
          webhooks.ask(
              new Call(
                  "http://127.0.0.1:" + port, Duration.ofSeconds(2), Optional.empty(), OCCASION));
    }

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).isEqualTo("no answer: ConnectException"));
  }

  @Test
  void aHeaderComesFromItsFolderAndIsInNoEvidence() throws IOException {
    // Given
    status = 409;
    says = "you sent Bearer t0p-s3cret";

    // When
    Observation<Reply> reply = ask("/gate/ready", Optional.of("main"), main("/gate"));

    // Then
    assertThat(headers).containsExactly("Bearer t0p-s3cret");
    assertThat(reply.toString()).contains("***").doesNotContain("t0p-s3cret");
  }

  @Test
  void aHeaderGoesNowhereElse() throws IOException {
    // When
    Observation<Reply> reply = ask("/gate/ready", Optional.of("main"), main("/other"));

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.why()).contains("only"));
    assertThat(bodies).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gate.example.com/shop/../admin",
        "https://gate.example.com/shop/%2e%2e/admin",
        "https://gate.example.com/shopping",
        "https://gate.example.com:8443/shop",
        "https://gate.example.com.evil.example/shop",
        "http://gate.example.com/shop"
      })
  void whatIsNotBelowAnAddressGetsNothing(String question) {
    // Given
    Header header = new Header("https://gate.example.com/shop", Path.of("none"));

    // Then
    assertThat(header.goesTo(URI.create(question))).isFalse();
    assertThat(header.goesTo(URI.create("https://gate.example.com/shop"))).isTrue();
    assertThat(header.goesTo(URI.create("https://gate.example.com/shop/ready"))).isTrue();
  }

  @Test
  void aNameThatIsNotConfiguredAsksNobody() {
    assertThat(ask("/gate", Optional.of("nobody"), WebhookOptions.none()))
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains("hikkoshi.webhooks.nobody"));
    assertThat(bodies).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gate.example.com",
        "https://a:b@gate.example.com",
        "https://g.example/?k=v"
      })
  void aHeaderHasAPlaceWhereNobodyListens(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Header(url, folder));
  }
}

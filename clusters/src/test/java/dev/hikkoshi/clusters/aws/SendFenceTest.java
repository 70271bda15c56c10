package dev.hikkoshi.clusters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.environments.port.Fence;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Requests of real clients to a listener that writes down what arrives. */
class SendFenceTest {

  private static final AwsCredentials KEYS = AwsBasicCredentials.create("key", "secret");

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] body = "{\"clusters\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private AwsSettings settings() {
    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return AwsSettings.standard().in("ap-northeast-1").at(here);
  }

  private static Outcome delete(AwsClients aws) {
    return AwsFailures.write(
        () -> {
          aws.eksWrites().deleteCluster(r -> r.name("shop-1-36-1"));
          return Outcome.done("r");
        });
  }

  @Test
  void whileTheFenceIsOpenAWriteGoesOut() {
    // Given
    try (AwsClients aws = AwsClients.of(settings(), () -> KEYS, open::get)) {
      // When
      Outcome outcome = delete(aws);

      // Then
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(arrived).containsExactly("DELETE /clusters/shop-1-36-1");
    }
  }

  @Test
  void aWriteOfAShutFenceIsNotSentAndKnownNotToHaveHappened() {
    // Given
    open.set(false);
    try (AwsClients aws = AwsClients.of(settings(), () -> KEYS, open::get)) {
      // When
      Outcome outcome = delete(aws);

      // Then
      assertThat(outcome).isEqualTo(new Outcome.Changed(Fence.NOT_SENT));
      assertThat(arrived).isEmpty();
    }
  }

  @Test
  void whoLosesTheLeaseWhileCredentialsAreFetchedSendsNothing() {
    // Given
    try (AwsClients aws = AwsClients.of(settings(), this::lastWord, open::get)) {
      // When
      Outcome outcome = delete(aws);

      // Then
      assertThat(outcome).isEqualTo(new Outcome.Changed(Fence.NOT_SENT));
      assertThat(arrived).isEmpty();
    }
  }

  /** Credentials that take so long that another process leads when they are there. */
  private AwsCredentials lastWord() {
    open.set(false);
    return KEYS;
  }

  @Test
  void looksNeedNoLease() {
    // Given
    open.set(false);
    try (AwsClients aws = AwsClients.of(settings(), () -> KEYS, open::get)) {
      // When
      List<String> clusters = aws.eks().listClusters().clusters();

      // Then
      assertThat(clusters).isEmpty();
      assertThat(arrived).containsExactly("GET /clusters");
    }
  }
}

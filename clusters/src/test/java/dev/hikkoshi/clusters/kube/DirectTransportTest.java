package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.environments.port.Fence;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class DirectTransportTest {

  private static final int OBJECTS = 100;
  private static final int MOST_BYTES = 64 << 10;

  private static KubeApi api(String endpoint, Supplier<String> token)
      throws NoSuchAlgorithmException {
    return new KubeApi(
        new DirectTransport(endpoint, SSLContext.getDefault(), token, MOST_BYTES), Fence.OPEN);
  }

  @Test
  void aTokenThatCannotBeHadIsAClusterThatCannotBeAsked() throws NoSuchAlgorithmException {
    // Given
    Supplier<String> away =
        () -> {
          throw new IllegalStateException("provider said: secret=abc");
        };

    // When
    KubeException failure;
    try (KubeApi api = api("https://127.0.0.1:1", away)) {
      failure = catchThrowableOfType(KubeException.class, () -> api.get("/version"));
    }

    // Then
    assertThat(failure.reason()).isEqualTo("NoToken");
    assertThat(failure.code()).isZero();
    assertThat(failure).hasMessageNotContaining("abc");
  }

  @Test
  void objectsThatAreLargeAreListedAFewAtATime() throws IOException, NoSuchAlgorithmException {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", DirectTransportTest::page);
    server.start();

    // When
    KubeApi.Listing listing;
    try (KubeApi api = api("http://127.0.0.1:" + server.getAddress().getPort(), () -> "token")) {
      listing = api.list("/apis/example.com/v1/larges", "");
    } finally {
      server.stop(0);
    }

    // Then
    assertThat(listing.items())
        .extracting(item -> item.at("/metadata/name").asInt())
        .hasSize(OBJECTS)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  /** As many objects of 4 KiB as are asked for, from where the page before ended. */
  private static void page(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int from = number(query, "continue");
    int to = Math.min(OBJECTS, from + number(query, "limit"));
    ObjectNode list = Trees.object();
    list.putObject("metadata")
        .put("resourceVersion", "7")
        .put("continue", to < OBJECTS ? Integer.toString(to) : "");
    ArrayNode items = list.putArray("items");
    for (int i = from; i < to; i++) {
      ObjectNode item = items.addObject();
      item.putObject("metadata").put("name", Integer.toString(i));
      item.put("text", "x".repeat(4 << 10));
    }
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(list.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // Who asked has had enough.
    }
  }

  private static int number(String query, String name) {
    Matcher found = Pattern.compile(name + "=(\\d+)").matcher(query);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}

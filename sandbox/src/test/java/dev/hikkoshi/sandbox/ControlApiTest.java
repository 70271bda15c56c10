package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.RawRequest;
import dev.hikkoshi.sandbox.fault.FaultScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {

  private final FaultScript faults = new FaultScript();
  private final ControlApi api = new ControlApi();

  @BeforeEach
  void open() {
    api.add("echo", request -> echo(request));
    api.add("faults", ControlHandlers.faults(faults));
    api.add(
        "gone",
        _ -> {
          throw new NoSuchElementException("gone");
        });
  }

  private static ObjectNode echo(ControlHandler.Request request) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", request.path())
        .put("q", String.join(",", request.query().getOrDefault("q", List.of())));
  }

  @Test
  void handsOverPathAndQuery() {
    assertThat(get("127.0.0.1:4566", "/_sandbox/echo/a%20b/c", "q=1&q=2"))
        .isEqualTo("200 {\"path\":\"a b/c\",\"q\":\"1,2\"}");
  }

  @Test
  void answersLoopbackNamesOnly() {
    assertThat(get("localhost", "/_sandbox/echo", "")).startsWith("200");
    assertThat(get("rebound.example.com:4566", "/_sandbox/echo", "")).startsWith("403");
    assertThat(get("", "/_sandbox/echo", "")).startsWith("403");
  }

  @Test
  void saysWhatThereIs() {
    assertThat(get("127.0.0.1", "/_sandbox/none", "")).startsWith("404").contains("echo");
    assertThat(get("127.0.0.1", "/_sandbox/gone", "")).startsWith("404");
  }

  @Test
  void takesAndShowsFaultRules() {
    assertThat(send("POST", "/_sandbox/faults", "[{\"effect\": \"cut\"}, {\"effect\": \"slow\"}]"))
        .contains("fault-1", "fault-2");
    assertThat(get("127.0.0.1", "/_sandbox/faults", "")).contains("\"effect\":\"cut\"");
    assertThat(send("DELETE", "/_sandbox/faults/fault-1", "")).startsWith("200");
    assertThat(send("DELETE", "/_sandbox/faults/fault-9", "")).startsWith("404");
    assertThat(faults.states()).hasSize(1);
  }

  @Test
  void refusesRulesThatAreNone() {
    assertThat(send("POST", "/_sandbox/faults", "{\"effect\": \"explode\"}")).startsWith("400");
    assertThat(send("POST", "/_sandbox/faults", "{\"efect\": \"cut\"}")).startsWith("400");
    assertThat(send("POST", "/_sandbox/faults", "{")).startsWith("400");
  }

  private String get(String host, String path, String query) {
    return text(
        api.answer(new RawRequest("GET", path, query, Map.of("host", List.of(host)), new byte[0])));
  }

  private String send(String method, String path, String body) {
    return text(
        api.answer(
            new RawRequest(
                method,
                path,
                "",
                Map.of("host", List.of("127.0.0.1")),
                body.getBytes(StandardCharsets.UTF_8))));
  }

  private static String text(AwsResponse response) {
    return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }
}

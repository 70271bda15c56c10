package dev.hikkoshi.sandbox.elb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.Condition;
import dev.hikkoshi.sandbox.elb.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Condition types for listener rules", load-balancer-listeners.html. */
class RoutesTest {

  private static final Action OTHERWISE = new Action.FixedResponse(404, "text/plain", "none");

  private static Action action(int status) {
    return new Action.FixedResponse(status, "text/plain", "");
  }

  private static Routes.Request request(String host, String path) {
    return new Routes.Request("GET", host, path, Map.of("X-Canary", "Always-On")::get);
  }

  private static Action answer(Routes.Request request, Condition... conditions) {
    Rule rule = new Rule("r", "l", 1, List.of(conditions), List.of(action(200)), Map.of());
    return new Routes(List.of(rule), OTHERWISE).action(request);
  }

  @ParameterizedTest
  @CsvSource({
    "host-header,   *.example.com, api.example.com, /,    true",
    "host-header,   *.example.com, API.Example.Com, /,    true",
    "host-header,   *.example.com, example.com,     /,    false",
    "host-header,   a?i.x.org,     api.x.org,       /,    true",
    "path-pattern,  /v1/*,         h,               /v1/, true",
    "path-pattern,  /v1/*,         h,               /V1/, false",
    "path-pattern,  /v1/*,         h,               /v1,  false",
    "path-pattern,  /a/*/c,        h,               /a/b/b/c, true",
    "http-request-method, GET,     h,               /,    true",
    "http-request-method, POST,    h,               /,    false"
  })
  void conditionsHoldAsAwsSays(
      String field, String value, String host, String path, boolean holds) {
    // When
    Action action = answer(request(host, path), new Condition(field, "", List.of("never", value)));
    // Then
    assertThat(action).isEqualTo(holds ? action(200) : OTHERWISE);
  }

  @Test
  void allConditionsOfARuleHaveToHold() {
    // Given
    Condition host = new Condition("host-header", "", List.of("api.example.com"));
    Condition header = new Condition("http-header", "X-Canary", List.of("always-*"));
    Condition absent = new Condition("http-header", "X-Other", List.of("*"));
    // When, then
    assertThat(answer(request("api.example.com", "/"), host, header)).isEqualTo(action(200));
    assertThat(answer(request("api.example.com", "/"), host, absent)).isEqualTo(OTHERWISE);
  }

  @Test
  void aPatternOfManyWildcardsTakesNoTime() {
    // Given
    String pattern = "/" + "*a".repeat(60);
    String path = "/" + "a".repeat(4000) + "b";
    // When, then
    assertThat(Glob.matches(pattern, path)).isFalse();
  }
}

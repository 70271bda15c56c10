package dev.hikkoshi.clusters.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.Expressions;
import dev.hikkoshi.environments.port.Expressions.Compiled;
import dev.hikkoshi.environments.port.Expressions.Expression;
import dev.hikkoshi.environments.port.Expressions.Judged;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionsTest {

  private final Expressions cel = new CelExpressions();

  private Expression expression(String source) {
    return ((Compiled.Good) cel.compile(source)).expression();
  }

  private static Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    values.put("percent", 25L);
    values.put("route", "web");
    values.put("new", Map.of("ready", 3L, "wanted", 3L, "version", "1.37"));
    values.put("old", new Unknown<>("inside of shop-1-36-1", "connection refused"));
    values.put("weights", Map.of("shop-1-36-1", 75L, "shop-1-37-2", 25L));
    values.put("shares", Map.of("shop-1-37-2", 0.25));
    values.put("checks", Map.of("errors", "pass"));
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new.ready >= new.wanted",
        "shares['shop-1-37-2'] < 0.3 && route == 'web'",
        "weights.all(side, weights[side] <= 100)",
        "percent < 50 || old.ready >= 2",
        "checks.errors == 'pass'",
        "new.version.startsWith('1.37')",
        "has(new.ready) && new.ready == 3",
        "[new.ready, new.wanted].all(pods, pods >= 3)"
      })
  void whatHoldsIsAPassAlsoWhereTheUnknownDoesNotMatter(String source) {
    // When
    Judged judged = expression(source).judge(values());

    // Then
    assertThat(judged.holds()).contains(true);
  }

  @Test
  void whatDoesNotHoldSaysWhichValuesItSaw() {
    // When
    Judged judged = expression("new.ready > 3 && percent == 25").judge(values());

    // Then
    assertThat(judged.holds()).contains(false);
    assertThat(judged.evidence()).contains("percent = 25", "ready=3");
  }

  @Test
  void whatDependsOnTheUnknownIsUnknownWithItsReason() {
    // When
    Judged judged = expression("new.ready >= old.ready").judge(values());

    // Then
    assertThat(judged.holds()).isEmpty();
    assertThat(judged.evidence()).contains("old", "connection refused");
  }

  @Test
  void oneMemberMayBeUnknownWhileOthersAreNot() {
    // Given
    Map<String, Object> values = values();
    Map<String, Object> fresh = new TreeMap<>(Map.of("version", "1.37"));
    fresh.put("ready", new Unknown<>("backend of web", "not there yet"));
    values.put("new", fresh);

    // Then
    assertThat(expression("new.version == '1.37'").judge(values).holds()).contains(true);
    assertThat(expression("new.ready > 0").judge(values))
        .extracting(Judged::holds)
        .isEqualTo(Optional.empty());
    assertThat(expression("new.ready > 0").judge(values).evidence()).contains("not there yet");
  }

  @Test
  void anEvaluationThatFailsDoesNotTell() {
    // When
    Judged judged = expression("weights['nobody'] > 1").judge(values());

    // Then
    assertThat(judged.holds()).isEmpty();
    assertThat(judged.evidence()).contains("cannot be evaluated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "percent >; 1; 10",
        "percent > 1 && nothing > 2; 1; 16",
        "percent; 1; 1",
        "percent == 'a'; 1; 9",
        "new.ready.exec(); 1; 15",
        "new.reddy >= 3; 1; 4",
        "old.ready == '3'; 1; 11"
      })
  void whatIsWrongHasAPlace(String source, int line, int column) {
    // When
    Compiled compiled = cel.compile(source);

    // Then
    assertThat(compiled)
        .isInstanceOfSatisfying(
            Compiled.Bad.class,
            bad -> {
              assertThat(bad.line()).isEqualTo(line);
              assertThat(bad.column()).isEqualTo(column);
              assertThat(bad.message()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void aMemberThatASideHasNotIsToldWithThoseThatItHas() {
    // When
    Compiled compiled = cel.compile("new.reddy >= 3");

    // Then
    assertThat(compiled)
        .isInstanceOfSatisfying(
            Compiled.Bad.class,
            bad -> assertThat(bad.message()).contains("reddy", "ready, wanted"));
  }

  @Test
  void anExpressionThatCostsTooMuchDoesNotTell() {
    // Given: 100 items, three loops deep.
    Map<String, Object> values = values();
    Map<String, Object> many = new TreeMap<>();
    for (long i = 0; i < 100; i++) {
      many.put("side" + i, i);
    }
    values.put("weights", many);

    // When
    Judged judged =
        expression("weights.all(a, weights.all(b, weights.all(c, weights[a] + weights[b] >= 0)))")
            .judge(values);

    // Then
    assertThat(judged.holds()).isEmpty();
    assertThat(judged.evidence()).contains("cannot be evaluated");
  }

  @Test
  void anExpressionWithoutEndIsRefused() {
    // Given
    String deep = "(".repeat(200) + "true" + ")".repeat(200);

    // Then
    assertThat(cel.compile(deep)).isInstanceOf(Compiled.Bad.class);
    assertThat(cel.compile("true || ".repeat(400) + "true")).isInstanceOf(Compiled.Bad.class);
  }

  @Test
  void twoOfTheSameSourceAreEqual() {
    assertThat(expression("percent > 1")).isEqualTo(expression("percent > 1"));
    assertThat(expression("percent > 1")).isNotEqualTo(expression("percent > 2"));
  }
}

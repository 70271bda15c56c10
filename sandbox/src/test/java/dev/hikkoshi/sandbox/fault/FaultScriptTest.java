package dev.hikkoshi.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.fault.FaultRule.Effect;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultScriptTest {

  private final FaultScript script = new FaultScript();

  @Test
  void appliesARuleAfterTheSkippedCallsAndAsOftenAsCounted() {
    script.add(rule("eks", "Create*", 1, 2, 1, 1));

    List<Boolean> hits =
        IntStream.range(0, 5)
            .mapToObj(i -> script.next("eks", "CreateCluster").isPresent())
            .toList();

    assertThat(hits).containsExactly(false, true, true, false, false);
  }

  @Test
  void countsOnlyMatchingCalls() {
    script.add(rule("route53", "ChangeResourceRecordSets", 0, 1, 1, 1));

    assertThat(script.next("eks", "ChangeResourceRecordSets")).isEmpty();
    assertThat(script.next("route53", "GetChange")).isEmpty();
    assertThat(script.next("route53", "ChangeResourceRecordSets")).isPresent();
    assertThat(script.states().getFirst().applied()).isEqualTo(1);
  }

  @Test
  void aChanceIsTheSameForTheSameSeed() {
    List<Boolean> first = chances(7);
    List<Boolean> second = chances(7);

    assertThat(first).isEqualTo(second).contains(true, false);
  }

  private static List<Boolean> chances(long seed) {
    FaultScript script = new FaultScript();
    script.add(rule("*", "*", 0, 0, 0.3, seed));
    return IntStream.range(0, 50).mapToObj(i -> script.next("sts", "X").isPresent()).toList();
  }

  @Test
  void readsRulesAsPeopleWriteThem() throws IOException {
    FaultRule rule =
        new ObjectMapper()
            .readValue("{\"service\": \"eks\", \"effect\": \"error-after\"}", FaultRule.class);

    assertThat(rule).isEqualTo(new FaultRule("eks", "*", 0, 1, 1, 1, Effect.ERROR_AFTER, 1_000));
  }

  @Test
  void refusesUnknownEffects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultRule.of(null, null, null, null, null, null, "explode", null))
        .withMessageContaining("throttle, error-before");
  }

  private static FaultRule rule(
      String service, String operation, int skip, int count, double probability, long seed) {
    return new FaultRule(service, operation, skip, count, probability, seed, Effect.THROTTLE, 0);
  }
}

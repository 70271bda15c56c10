package dev.hikkoshi.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.traffic.Binomial;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * health-checks-how-route-53-chooses-records.html and resource-record-sets-values-weighted.html.
 */
class WeightedAnswerTest {

  private static final int DRAWS = 20_000;

  private static Map<Integer, Integer> draw(
      long seed, List<WeightedAnswer.Candidate<Integer>> all) {
    Random random = new Random(seed);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(WeightedAnswer.choose(all, random::nextInt), 1, Integer::sum);
    }
    return counts;
  }

  private static List<WeightedAnswer.Candidate<Integer>> candidates(String text) {
    String[] parts = text.split(" ");
    return IntStream.range(0, parts.length)
        .mapToObj(
            i -> {
              boolean sick = parts[i].endsWith("!");
              int weight = Integer.parseInt(parts[i].replace("!", ""));
              return new WeightedAnswer.Candidate<>(i, weight, !sick);
            })
        .toList();
  }

  /** Weights of the candidates, ! for sick, and the share each must get. */
  @ParameterizedTest
  @CsvSource({
    "one record,                         7,        1",
    "by weight,                          1 3,      0.25 0.75",
    "weight 0 gets nothing,              1 0,      1 0",
    "all zero is equal,                  0 0,      0.5 0.5",
    "a sick one is left out,             200! 1,   0 1",
    "weight 0 when all others are sick,  9! 0 0,   0 0.5 0.5",
    "a sick zero is left out too,        9! 0! 0,  0 0 1",
    "all sick is all healthy,            1! 3! 0!, 0.25 0.75 0",
    "all zero and sick is equal,         0! 0!,    0.5 0.5",
    "all zero with one sick,             0 0!,     1 0"
  })
  void sharesAreThoseThatAwsPromises(String rule, String weights, String shares) {
    long seed = rule.hashCode();
    // When
    Map<Integer, Integer> counts = draw(seed, candidates(weights));
    // Then
    double[] expected = Arrays.stream(shares.split(" ")).mapToDouble(Double::valueOf).toArray();
    for (int i = 0; i < expected.length; i++) {
      int count = counts.getOrDefault(i, 0);
      assertThat(Binomial.fits(count, DRAWS, expected[i]))
          .as("%s, seed %d: %s", rule, seed, counts)
          .isTrue();
    }
  }

  @Test
  void anyHealthyWeightsAreSharedInProportion() {
    Random random = new Random(41);
    for (int run = 0; run < 20; run++) {
      // Given
      long seed = random.nextLong();
      int blue = 1 + random.nextInt(255);
      int green = 1 + random.nextInt(255);
      // When
      Map<Integer, Integer> counts = draw(seed, candidates(blue + " " + green));
      // Then
      assertThat(Binomial.fits(counts.getOrDefault(1, 0), DRAWS, green / (double) (blue + green)))
          .as("seed %d, %d:%d: %s", seed, blue, green, counts)
          .isTrue();
    }
  }
}

package dev.hikkoshi.sandbox.elb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.elb.Action.Weighted;
import dev.hikkoshi.sandbox.traffic.Binomial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupChoiceTest {

  private static final int DRAWS = 20_000;

  @Test
  void everyGroupGetsItsShareOfTheSum() {
    Random random = new Random(3);
    for (int run = 0; run < 20; run++) {
      // Given
      long seed = random.nextLong();
      List<Weighted> groups =
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(i -> new Weighted("group-" + i, random.nextInt(1000)))
              .toList();
      int sum = groups.stream().mapToInt(Weighted::weight).sum();
      Random draws = new Random(seed);
      // When
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < DRAWS && sum > 0; i++) {
        String chosen = GroupChoice.byWeight(groups, draws::nextInt).orElseThrow();
        counts.merge(chosen, 1, Integer::sum);
      }
      // Then
      for (Weighted group : sum > 0 ? groups : List.<Weighted>of()) {
        int count = counts.getOrDefault(group.groupArn(), 0);
        assertThat(Binomial.fits(count, DRAWS, group.weight() / (double) sum))
            .as("seed %d, %s: %s", seed, groups, counts)
            .isTrue();
      }
    }
  }

  @Test
  void allZeroChoosesNone() {
    assertThat(GroupChoice.byWeight(List.of(new Weighted("a", 0), new Weighted("b", 0)), n -> 0))
        .isEmpty();
  }
}

package dev.hikkoshi.environments.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.simulator.Disturbances.Disturbance;
import dev.hikkoshi.environments.simulator.Shrink.Smallest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is left of a broken run is what it needs. */
@Execution(ExecutionMode.CONCURRENT)
class ShrinkTest {

  private static final long SEEDS = 200;

  /** A pass that never asks for the mode again breaks a rule only when the mode is lowered. */
  private static Optional<Smallest> deaf(long seed) {
    return Shrink.of(disturbances -> Simulation.of(seed, false, disturbances).deaf());
  }

  @Test
  void nothingThatIsLeftCanBeMissed() {
    // Given
    long seed =
        LongStream.rangeClosed(1, SEEDS)
            .filter(s -> Simulation.of(s, false).deaf().broken().isPresent())
            .findFirst()
            .orElseThrow();

    // When
    Smallest smallest = deaf(seed).orElseThrow();

    // Then
    assertThat(smallest.needed())
        .extracting(Disturbance::what)
        .contains("a commit that lowers the mode");
    assertThat(smallest.needed()).hasSizeLessThan(smallest.before());
    Set<Integer> all =
        smallest.needed().stream().map(Disturbance::number).collect(Collectors.toSet());
    assertThat(Simulation.of(seed, false, Disturbances.only(all)).deaf().broken())
        .hasValue(smallest.rule());
    for (Integer one : all) {
      Set<Integer> without = all.stream().filter(n -> !n.equals(one)).collect(Collectors.toSet());
      Optional<String> broken =
          Simulation.of(seed, false, Disturbances.only(without)).deaf().broken();
      assertThat(broken.filter(rule -> rule.startsWith("nothing is written"))).isEmpty();
    }
  }

  @Test
  void aRunThatHoldsIsNotShrunk() {
    // Given, When, Then
    assertThat(Shrink.of(disturbances -> Simulation.of(1, false, disturbances))).isEmpty();
  }
}

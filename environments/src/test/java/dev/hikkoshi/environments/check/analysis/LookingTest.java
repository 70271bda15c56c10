package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the chance of a wrong word is shared out among looks. */
class LookingTest {

  @ParameterizedTest(name = "window {1} of {0} courses: {2}")
  @CsvSource({"1, 0, 0.005", "1, 1, 0.00166667", "5, 0, 0.001", "5, 2, 0.000166667"})
  void eachCourseHasItsPartAndEachWindowLessOfIt(int courses, int window, double part) {
    assertThat(new Looking(courses, window, 1).alarm()).isCloseTo(part, within(1e-8));
  }

  @ParameterizedTest(name = "look {0}: {1}")
  @CsvSource({"1, 0.025", "2, 0.00833333", "3, 0.00416667", "4, 0.0025"})
  void eachLookHasLessThanTheOneBefore(int look, double part) {
    assertThat(new Looking(6, 0, look).pass()).isCloseTo(part, within(1e-8));
  }

  @Test
  void allOfThemTogetherAreWhatIsPromised() {
    // Given: 1/2 + 1/6 + ... + 1/(n (n + 1)) is n / (n + 1).
    int many = 999;

    // When
    double alarms =
        IntStream.range(0, many).mapToDouble(w -> 6 * new Looking(6, w, 1).alarm()).sum();
    double passes =
        IntStream.rangeClosed(1, many).mapToDouble(l -> new Looking(6, 0, l).pass()).sum();

    // Then
    assertThat(alarms).isCloseTo(0.01 * 0.999, within(1e-12));
    assertThat(passes).isCloseTo(0.05 * 0.999, within(1e-12));
  }
}

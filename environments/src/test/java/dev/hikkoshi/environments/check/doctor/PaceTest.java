package dev.hikkoshi.environments.check.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  private static final Manifest AUTOSCALER =
      Patients.object("autoscaling/v2", "HorizontalPodAutoscaler", Map.of("name", "web"), Map.of());

  private static final Manifest GP2 =
      Patients.object(
          "storage.k8s.io/v1",
          "StorageClass",
          Map.of("name", "fast"),
          Map.of("parameters", Map.of("type", "gp2")));

  private static List<Advice> of(String topic, Subject subject) {
    return Doctor.examine(subject, Patients.NOW).stream()
        .filter(a -> a.topic().equals(topic))
        .toList();
  }

  @Test
  void aStepThatIsOverBeforeAWholePeriodOfMetricsIsToldWithTheNumbers() {
    // Given
    Subject subject = Patients.lasting(Duration.ofSeconds(45));

    // When
    List<Advice> told = of("dwell", subject);

    // Then
    assertThat(told)
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.what()).contains("after 45 s", "60 s: two periods of 30 s");
              assertThat(a.where()).isEqualTo("shop/environment.yaml, spec.move");
              assertThat(a.write()).startsWith("dwell: {min: 60s}");
            });
  }

  @Test
  void anAutoscalerOfPodsIsSlowerThanMetrics() {
    // Given
    Duration dwell = Duration.ofMinutes(3);

    // Then
    assertThat(of("dwell", Patients.lasting(dwell))).isEmpty();
    assertThat(of("dwell", Patients.lasting(dwell, AUTOSCALER)))
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.what()).contains("300 s: an autoscaler").doesNotContain("60 s");
              assertThat(a.write()).startsWith("dwell: {min: 300s}");
            });
  }

  @Test
  void whatLastsLongEnoughIsNotTold() {
    assertThat(of("dwell", Patients.lasting(Duration.ofMinutes(5), AUTOSCALER))).isEmpty();
  }

  @Test
  void creditsOutlastAMoveThatIsWatchedForLessThanHalfAnHour() {
    // Given: three steps and five minutes of soak
    Subject quick = Patients.lasting(Duration.ofMinutes(5), GP2);
    Subject patient = Patients.lasting(Duration.ofMinutes(10), GP2);

    // Then
    assertThat(of("credits", quick))
        .singleElement()
        .extracting(Advice::what)
        .asString()
        .contains("1200 s", "gp2", "1800 s");
    assertThat(of("credits", patient)).isEmpty();
    assertThat(of("credits", Patients.lasting(Duration.ofMinutes(5)))).isEmpty();
  }

  @Test
  void halfAnHourIsLongEnoughForCredits() {
    // Given: three steps and five minutes of soak
    Duration third = Duration.ofMinutes(25).dividedBy(3);

    // Then
    assertThat(of("credits", Patients.lasting(third, GP2))).isEmpty();
    assertThat(of("credits", Patients.lasting(third.minusSeconds(1), GP2))).hasSize(1);
  }

  @ParameterizedTest(name = "{0}: told {1}")
  @CsvSource({"t3.large, true", "t4g.small, true", "m7g.large, false", "trn1.2xlarge, false"})
  void nodesThatAreFastOnCreditAreToldToo(String type, boolean told) {
    // Given
    Subject subject =
        Found.wanting(
            Patients.lasting(Duration.ofMinutes(5)),
            List.of(Found.group(List.of(), type, 6, 3)),
            List.of());

    // Then
    assertThat(Found.consider(subject, "credits")).hasSize(told ? 1 : 0);
  }

  @Test
  void otherVolumesHaveNoCredits() {
    // Given
    Manifest gp3 =
        Patients.object(
            "storage.k8s.io/v1",
            "StorageClass",
            Map.of("name", "fast"),
            Map.of("parameters", Map.of("type", "gp3")));

    // Then
    assertThat(of("credits", Patients.lasting(Duration.ofMinutes(5), gp3))).isEmpty();
  }
}

package dev.hikkoshi.environments.check.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Outside.As;
import dev.hikkoshi.environments.port.Measure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorTest {

  private static final Outside CLOSE_DAY =
      new Outside.OfObject("batch/v1/CronJob/billing/close-day", As.SERVING_ONLY, "x");

  private static List<String> topics(List<Advice> advice, Weight weight) {
    return advice.stream().filter(a -> a.weight() == weight).map(Advice::topic).toList();
  }

  @Test
  void theFilesAloneTellOfEffectsWebhooksRolesAndSingletons() {
    // When
    List<Advice> advice = Doctor.examine(Patients.offline(), Patients.NOW);

    // Then
    assertThat(topics(advice, Weight.SETTLE)).containsExactly("schedule", "storage", "webhook");
    assertThat(topics(advice, Weight.UNKNOWN)).containsExactly("renders");
    assertThat(topics(advice, Weight.CONSIDER))
        .containsExactly("autoscaler", "coredns", "irsa", "singleton");
  }

  @Test
  void eachSaysWhereAndWhatToWrite() {
    // When
    Advice advice = Doctor.examine(Patients.offline(), Patients.NOW).getFirst();

    // Then
    assertThat(advice.subject()).isEqualTo("batch/v1/CronJob/billing/close-day");
    assertThat(advice.where()).isEqualTo("jobs/templates/cron.yaml");
    assertThat(advice.write())
        .isEqualTo(
            "shop/environment.yaml, under spec.outside:"
                + " - {object: batch/v1/CronJob/billing/close-day, as: serving-only, reason: \"\"}");
  }

  @Test
  void aWordSettlesAndAWordAboutNothingIsTold() {
    // Given
    Outside gone = new Outside.OfObject("batch/v1/CronJob/billing/gone", As.SERVING_ONLY, "x");

    // When
    List<Advice> advice = Doctor.examine(Patients.offline(CLOSE_DAY, gone), Patients.NOW);

    // Then
    assertThat(topics(advice, Weight.SETTLE)).doesNotContain("schedule");
    assertThat(advice)
        .filteredOn(a -> a.topic().equals("unused-word"))
        .extracting(Advice::subject)
        .containsExactly("batch/v1/CronJob/billing/gone");
  }

  @Test
  void aProviderThatAChecksNamesIsToldOnceWithTheKeyThatItNeeds() {
    // Given
    Measure.Asked<String> query = new Measure.Asked.Value<>("up");
    MoveCheck first = check("orders", new Measure.Prometheus("main", query));
    MoveCheck second = check("queue", new Measure.Prometheus("main", query));
    MoveCheck third = check("errors", new Measure.RouteErrors());

    // When
    List<Advice> advice = Doctor.examine(Patients.judgedBy(first, second, third), Patients.NOW);

    // Then
    assertThat(advice)
        .filteredOn(a -> a.topic().equals("provider"))
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.subject()).isEqualTo("hikkoshi.metrics.prometheus.main");
              assertThat(a.what()).contains("orders, queue").doesNotContain("errors");
            });
  }

  private static MoveCheck check(String name, Measure measure) {
    return new MoveCheck(
        name,
        Set.of(),
        DeclaredCheck.When.DURING,
        true,
        measure,
        new MoveCheck.Compare.NotWorse(0.01, false),
        200,
        MoveCheck.Budget.standard(),
        Optional.empty());
  }

  @Test
  void whatAwsAnswersIsHeldAgainstWhatHurtOthers() {
    // When
    List<Advice> advice = Doctor.examine(Patients.asked(CLOSE_DAY), Patients.NOW);

    // Then
    assertThat(topics(advice, Weight.SETTLE)).contains("account", "group-limit", "stranger");
    assertThat(topics(advice, Weight.CONSIDER)).contains("ttl", "stickiness", "version");
    assertThat(advice)
        .filteredOn(a -> a.topic().equals("access"))
        .extracting(Advice::what)
        .containsExactly(
            "OIDC providers could not be read: AccessDenied for iam:ListOpenIDConnectProviders",
            "clusters could not be read: AccessDenied for eks:ListClusters");
    assertThat(advice)
        .filteredOn(a -> a.topic().equals("coredns") && a.subject().equals("shop-1-36-1"))
        .hasSize(1);
  }

  @Test
  void whatWasNotLookedAtIsSaid() {
    assertThat(Doctor.notLookedAt(Patients.offline()))
        .anyMatch(w -> w.startsWith("credentials"))
        .anyMatch(w -> w.contains("numbers beside quotas"));
    assertThat(Doctor.notLookedAt(Patients.asked())).noneMatch(w -> w.startsWith("credentials"));
  }
}

package dev.hikkoshi.environments.check.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.DeclaredCheck.Skip;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whom checks ask, by the keys that the controller needs. */
class ProvidersTest {

  private static final Measure.Asked<String> QUERY = new Measure.Asked.Value<>("x");
  private static final Measure.Asked<Measure.Metric> DISK =
      new Measure.Asked.Value<>(
          new Measure.Metric("AWS/EBS", "BurstBalance", "Minimum", new TreeMap<>()));
  private static final Optional<Skip> OFF = Optional.of(new Skip("down", Optional.empty()));

  private static MoveCheck check(String name, Measure measure, Optional<Skip> skip) {
    return new MoveCheck(
        name,
        Set.of(),
        DeclaredCheck.When.DURING,
        true,
        measure,
        new MoveCheck.Compare.NotWorse(0.01, false),
        200,
        MoveCheck.Budget.standard(),
        skip);
  }

  private static Inquiry asked(String name, Inquiry.Question question, Optional<Skip> skip) {
    return new Inquiry(
        name,
        Set.of(),
        DeclaredCheck.When.BEFORE,
        true,
        question,
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        skip);
  }

  private static Inquiry.Question webhook(Optional<String> credentials) {
    return new Inquiry.Webhook("https://gate.example.com", Duration.ofSeconds(5), credentials);
  }

  private static List<String> told(List<MoveCheck> checks, List<Inquiry> inquiries) {
    Subject s = Patients.offline();
    Wishes wishes =
        Wishes.sample("1.37")
            .judgedBy(OnFailure.RETURN, checks.toArray(MoveCheck[]::new))
            .asking(OnFailure.RETURN, inquiries.toArray(Inquiry[]::new));
    Subject subject =
        new Subject(
            wishes.desired(),
            s.file(),
            s.here(),
            s.beside(),
            s.besideName(),
            s.unrendered(),
            s.sources(),
            s.seen());
    return Found.consider(subject, "provider");
  }

  @Test
  void everyProviderHasItsKeyAndThoseOfAwsNeedNone() {
    // When
    List<String> told =
        told(
            List.of(
                check("a", new Measure.Datadog("main", QUERY), Optional.empty()),
                check("b", new Measure.NewRelic("other", QUERY), Optional.empty()),
                check("c", new Measure.RouteLatency("p99"), Optional.empty()),
                check("d", new Measure.CloudWatch(DISK), Optional.empty())),
            List.of());

    // Then
    assertThat(told)
        .containsExactly(
            "hikkoshi.metrics.datadog.main asked for by a cannot be seen from here",
            "hikkoshi.metrics.new-relic.other asked for by b cannot be seen from here");
  }

  @Test
  void aWebhookWithCredentialsNeedsItsHeader() {
    // When
    List<String> told =
        told(
            List.of(),
            List.of(
                asked("gate", webhook(Optional.of("main")), Optional.empty()),
                asked("later", webhook(Optional.of("main")), Optional.empty()),
                asked("open", webhook(Optional.empty()), Optional.empty()),
                asked(
                    "job",
                    new Inquiry.Job("web", Map.of(), Duration.ofMinutes(1)),
                    Optional.empty())));

    // Then
    assertThat(told)
        .containsExactly(
            "hikkoshi.webhooks.main asked for by gate, later cannot be seen from here");
  }

  @Test
  void aCheckThatIsSwitchedOffAsksNobody() {
    assertThat(
            told(
                List.of(check("a", new Measure.Prometheus("main", QUERY), OFF)),
                List.of(asked("gate", webhook(Optional.of("main")), OFF))))
        .isEmpty();
  }
}

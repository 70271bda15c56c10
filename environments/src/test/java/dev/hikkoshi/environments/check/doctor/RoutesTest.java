package dev.hikkoshi.environments.check.doctor;

import static dev.hikkoshi.environments.check.doctor.Found.consider;
import static dev.hikkoshi.environments.check.doctor.Found.routed;
import static dev.hikkoshi.environments.check.doctor.Found.settle;
import static dev.hikkoshi.environments.check.doctor.Found.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records and rules, at what is just well and just not. */
class RoutesTest {

  private static final Ttl SHORT = new Ttl(Duration.ofSeconds(60), false);

  private static Subject dns(Ttl ttl, RecordSeen... records) {
    return routed(Map.of("web", Observation.known(new DnsRouteSeen("Z1", List.of(records), ttl))));
  }

  private static RecordSeen record(
      Optional<String> side,
      Optional<String> policy,
      Optional<AliasSeen> alias,
      Optional<String> check) {
    return new RecordSeen(
        "www.example.com",
        "A",
        side,
        OptionalInt.empty(),
        policy,
        alias,
        Optional.empty(),
        List.of(),
        check);
  }

  private static RecordSeen of(String side) {
    return record(Optional.of(side), Optional.empty(), Optional.empty(), Optional.of("check"));
  }

  private static Optional<AliasSeen> alias(boolean evaluates) {
    return Optional.of(new AliasSeen("Z2", "lb.example.com", evaluates));
  }

  private static Subject alb(int others, Duration stickiness) {
    List<GroupWeight> groups =
        IntStream.rangeClosed(0, others).mapToObj(i -> new GroupWeight("arn:" + i, 1)).toList();
    return routed(
        Map.of(
            "api",
            Observation.known(
                new AlbRouteSeen(
                    "arn:lb",
                    "arn:listener",
                    Optional.empty(),
                    groups,
                    Map.of(),
                    Map.of("shop-1-37-1", "arn:0"),
                    stickiness,
                    "",
                    List.of(),
                    Optional.empty()))));
  }

  @Test
  void aRouteThatWasNotSeenIsTold() {
    assertThat(unknown(routed(Map.of("web", Observation.unknown("records", "AccessDenied for x")))))
        .contains(
            "it could not be read with the own credentials: records: AccessDenied for x",
            "it could not be read with the own credentials: it was not looked at");
  }

  @ParameterizedTest(name = "{0} s, assumed {1}")
  @CsvSource({
    "60, true, ''",
    "61, false, answers may be held for 61 s",
    "300, true, answers may be held for 300 s (assumed)"
  })
  void answersMayBeHeldForAMinute(int seconds, boolean assumed, String told) {
    assertThat(consider(dns(new Ttl(Duration.ofSeconds(seconds), assumed)), "ttl"))
        .isEqualTo(told.isEmpty() ? List.of() : List.of(told));
  }

  @Test
  void aRecordOfAnotherPolicyStandsInTheWay() {
    // Given
    RecordSeen latency =
        record(Optional.of("eu"), Optional.of("latency"), Optional.empty(), Optional.empty());

    // Then
    assertThat(settle(dns(SHORT, latency), "record-policy"))
        .containsExactly("record A eu has the routing policy latency");
    assertThat(settle(dns(SHORT, of("eu")), "record-policy")).isEmpty();
  }

  @Test
  void aWeightedRecordIsToBeAnsweredOnlyWhileItsTargetIsWell() {
    // Given
    Optional<String> side = Optional.of("shop-1-37-1");
    Optional<String> none = Optional.empty();

    // Then
    assertThat(health(record(side, none, alias(true), none))).isEmpty();
    assertThat(health(record(side, none, alias(false), Optional.of("check")))).isEmpty();
    assertThat(health(record(side, none, alias(false), none)))
        .containsExactly("record A shop-1-37-1 is answered whatever its target's health");
    assertThat(health(record(side, none, Optional.empty(), none))).hasSize(1);
    assertThat(health(record(none, none, alias(false), none))).isEmpty();
  }

  private static List<String> health(RecordSeen record) {
    return consider(dns(SHORT, record), "health-check");
  }

  @Test
  void aClusterOfThisEnvironmentIsNoStranger() {
    assertThat(settle(dns(SHORT, of("shop-1-37-1"), of("shopping-1")), "stranger"))
        .containsExactly("shopping-1 is on the route and nobody declared it");
  }

  @ParameterizedTest(name = "{0} of others: told {1}")
  @CsvSource({"3, false", "4, true"})
  void anActionHasRoomForThreeGroupsOfOthers(int others, boolean told) {
    assertThat(settle(alb(others, Duration.ZERO), "group-limit"))
        .isEqualTo(
            told ? List.of(others + " target groups of others are in the action") : List.of());
  }

  @Test
  void clientsThatStayAreTold() {
    assertThat(consider(alb(0, Duration.ZERO), "stickiness")).isEmpty();
    assertThat(consider(alb(0, Duration.ofSeconds(1)), "stickiness"))
        .containsExactly("clients stay on their group for 1 s");
  }
}

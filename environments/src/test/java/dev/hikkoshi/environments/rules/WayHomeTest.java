package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.WayHome;
import dev.hikkoshi.environments.simulator.HandCommands;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The way home without Hikkoshi. That the commands bring traffic home from every instant is an
 * invariant of the simulator, looked at after every effect of every scenario too.
 */
class WayHomeTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static Optional<WayHome> way(Scenario s, String route) {
    return s.record().route(route).orElseThrow().wayHome();
  }

  private static String command(Scenario s, String route) {
    return way(s, route).orElseThrow().commands().getLast();
  }

  @Test
  void beforeAnythingIsAttachedThereIsNothingToType() {
    // Given, When
    Scenario s = Scenario.moving("syncing");

    // Then
    assertThat(way(s, "web")).isEmpty();
    assertThat(way(s, "api")).isEmpty();
  }

  @Test
  void nobodyIsToldToBringTrafficToAHomeThatSomebodyDeleted() {
    // Given
    Scenario s = Scenario.moving("soak");
    assertThat(way(s, "web")).isPresent();

    // When
    s.somebody().deletes(OLD).passes(Duration.ofMinutes(2));

    // Then
    assertThat(way(s, "web")).isEmpty();
    assertThat(way(s, "api")).isEmpty();
  }

  @Test
  void aNameComesHomeByOneBatchThatSetsBothSides() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    String command = command(s, "web");

    // Then
    assertThat(command).startsWith("aws route53 change-resource-record-sets --hosted-zone-id ");
    Map<?, ?> batch =
        (Map<?, ?>) HandCommands.json(HandCommands.argument(command, "--change-batch"));
    assertThat((List<?>) batch.get("Changes"))
        .extracting(
            change -> ((Map<?, ?>) change).get("Action"),
            change -> set(change).get("SetIdentifier"),
            change -> set(change).get("Weight"),
            change ->
                HandCommands.at(
                    HandCommands.at(set(change), "AliasTarget"), "EvaluateTargetHealth"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("UPSERT", OLD, 100, true),
            org.assertj.core.groups.Tuple.tuple("UPSERT", NEW, 0, true));
  }

  private static Map<?, ?> set(Object change) {
    return (Map<?, ?>) HandCommands.at(change, "ResourceRecordSet");
  }

  @Test
  void aRuleComesHomeByOneWriteOfAllItsActions() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("api", 25);

    // When
    List<String> words = HandCommands.words(command(s, "api"));

    // Then
    assertThat(words)
        .startsWith(
            "aws", "elbv2", "modify-rule", "--region", "ap-northeast-1", "--rule-arn", "arn:rule");
    assertThat(words.getLast())
        .contains("\"Type\":\"forward\"")
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-36-1\",\"Weight\":100}")
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-37-2\",\"Weight\":0}");
  }

  @Test
  void aStrangersGroupKeepsWhatItHas() {
    // Given
    Wishes beside = Wishes.sample("1.36").routes(false, true).strangers(Set.of("arn:tg:theirs"));
    Scenario s = Scenario.serving(beside).somebody().addsGroup("arn:tg:theirs", 40);
    s.passes(Duration.ofSeconds(5)).resume(true).passes(Duration.ofSeconds(5));

    // When
    s.commit(beside.version("1.37")).until("25 %", x -> x.sides("api").weight(NEW) == 25);

    // Then
    assertThat(command(s, "api"))
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-36-1\",\"Weight\":100}")
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-37-2\",\"Weight\":0}")
        .contains("{\"TargetGroupArn\":\"arn:tg:theirs\",\"Weight\":40}");
  }

  @Test
  void aGroupThatWasTakenOutIsProbedBeforeItGetsTraffic() {
    // Given
    Scenario s =
        Scenario.moving("drain").until("taken out", d -> d.sides("api").side(OLD).isEmpty());

    // When
    List<String> commands = way(s, "api").orElseThrow().commands();

    // Then
    assertThat(commands).hasSize(3);
    assertThat(commands.get(0))
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-36-1\",\"Weight\":0}");
    assertThat(commands.get(1))
        .isEqualTo(
            "aws elbv2 wait target-in-service --region ap-northeast-1"
                + " --target-group-arn arn:tg:shop-1-36-1");
    assertThat(commands.get(2))
        .contains("{\"TargetGroupArn\":\"arn:tg:shop-1-36-1\",\"Weight\":100}");
  }

  @Test
  void itIsToldUntilNodesGoAndThenNoLonger() {
    // Given
    Scenario s = Scenario.moving("retiring");
    assertThat(way(s, "web")).isPresent();

    // When
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD)));
    s.until("retirement", r -> !r.record().cluster(OLD).orElseThrow().life().home()).pass();

    // Then
    assertThat(way(s, "web")).isEmpty();
    assertThat(way(s, "api")).isEmpty();
  }

  @Test
  void theJournalHasItWheneverItChanges() {
    // Given, When
    Scenario s = Scenario.moving("soak");

    // Then
    assertThat(s.record().journal())
        .extracting(JournalEntry::text)
        .filteredOn(text -> text.startsWith("home by hand, web to " + OLD))
        .hasSize(1)
        .allSatisfy(text -> assertThat(text).endsWith(command(s, "web")));
  }

  @Test
  void afterAReturnThereIsNothingLeftToType() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned").passes(Duration.ofSeconds(5));

    // Then
    assertThat(way(s, "web")).isEmpty();
    assertThat(way(s, "api")).isEmpty();
  }
}
